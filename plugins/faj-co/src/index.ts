export { fajCo } from './faj-co.js';
