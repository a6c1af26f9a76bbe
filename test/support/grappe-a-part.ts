import { arreterGrappe, demarrerGrappe, VARIABLE_GRAPPE } from './grappe.js';

// One cluster for several runs of Jest: it says where it is in one line, and stays until its standard input closes.
await demarrerGrappe();
process.stdin.resume().on('end', () => void arreterGrappe());
process.stdout.write(`${JSON.stringify({ [VARIABLE_GRAPPE]: process.env[VARIABLE_GRAPPE] })}\n`);
