import { demarrerGrappe, VARIABLE_GRAPPE } from './grappe.js';

/** Jest: once, before all the specs; a cluster that whoever runs Jest has started already serves as it is. */
export default async (): Promise<void> => {
  if (process.env[VARIABLE_GRAPPE] === undefined) await demarrerGrappe();
};
