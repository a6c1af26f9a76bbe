export { graineDe } from './graine-de.js';
