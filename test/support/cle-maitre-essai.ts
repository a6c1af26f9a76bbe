/** The master key of every spec, in base64: it protects invented people. */
export const CLE_MAITRE_ESSAI = Buffer.from('cle-maitre-d-essai-32-octets-000').toString('base64');
