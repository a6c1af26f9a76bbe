export { cllaj } from './cllaj.js';
