import { demarrerGrappe } from './grappe.js';

/** Jest: once, before all the specs. */
export default demarrerGrappe;
