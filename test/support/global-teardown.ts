import { arreterGrappe } from './grappe.js';

/** Jest: once, after all the specs, whatever their outcome. */
export default arreterGrappe;
