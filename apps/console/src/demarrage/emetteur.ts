import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FICHIER = 'emetteur.txt';

/**
 * The issuer of the demonstration's tokens: where its identity provider listened at the first start. It stays when the
 * provider must take another port, because people are known in the database by (issuer, subject).
 */
export function emetteurDemo(dossier: string, adresseOidc: string): string {
  const fichier = join(dossier, FICHIER);
  if (existsSync(fichier)) return readFileSync(fichier, 'utf8').trim();
  writeFileSync(fichier, `${adresseOidc}\n`);
  return adresseOidc;
}
