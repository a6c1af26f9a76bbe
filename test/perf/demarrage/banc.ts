import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { horlogeSysteme } from '@sillage/kernel';
import { migrerFile } from '@sillage/jobs';
import { COMPTES_DEMO } from '@sillage/oidc-dev';
import { creerBaseEssai } from '../../support/base-essai.js';
import { CLE_MAITRE_ESSAI } from '../../support/cle-maitre-essai.js';
import { arreterGrappe, demarrerGrappe } from '../../support/grappe.js';
import { demarrerEmetteurEssai } from '../../support/jetons-essai.js';
import { semerEssai } from '../../support/semer-essai.js';
import { creerCertificat } from './certificat.js';

/** What a gateway of production needs around it: a migrated and filled database, an identity provider over TLS. */
export interface Banc {
  /** Its environment, port excepted. */
  readonly env: Readonly<Record<string, string>>;
  /** Of somebody who may read. */
  readonly jeton: string;
  fermer(): Promise<void>;
}

const COMPTE = 'siege';
/** Longer than any run. */
const VALIDITE = '2h';

export async function ouvrirBanc(dossier: string): Promise<Banc> {
  const fermetures: (() => Promise<unknown>)[] = [];
  const fermer = async (): Promise<void> => {
    for (const etape of fermetures.splice(0).reverse()) await etape();
  };
  try {
    await demarrerGrappe();
    fermetures.push(arreterGrappe);
    const base = await creerBaseEssai();
    await migrerFile(base.urlFile);
    const emetteur = await demarrerEmetteurEssai();
    fermetures.push(() => emetteur.arreter());
    const cles = await publierEnTls(emetteur.jwksUrl);
    fermetures.push(async () => cles.fermer());
    await semerEssai({
      base,
      horloge: horlogeSysteme,
      dispositifs: [],
      emetteur: emetteur.emetteur,
      comptes: COMPTES_DEMO,
    });
    const autorite = join(dossier, 'autorite.pem');
    mkdirSync(dossier, { recursive: true });
    writeFileSync(autorite, cles.certificat);
    fermetures.push(async () => rmSync(autorite));
    return {
      env: {
        NODE_ENV: 'production',
        NODE_EXTRA_CA_CERTS: autorite,
        ADRESSE: '127.0.0.1',
        DATABASE_URL: base.urlApp,
        DATABASE_URL_FILE: base.urlFile,
        OIDC_EMETTEUR: emetteur.emetteur,
        OIDC_AUDIENCE: emetteur.audience,
        OIDC_JWKS_URL: cles.url,
        OIDC_ALGORITHMES: 'ES256',
        CLE_MAITRE: CLE_MAITRE_ESSAI,
        DEPARTEMENT_PAR_DEFAUT: '62',
      },
      jeton: await emetteur.jeton(COMPTE, { exp: VALIDITE }),
      fermer,
    };
  } catch (erreur) {
    await fermer();
    throw erreur;
  }
}

/** The same keys as at `source`, behind TLS. */
async function publierEnTls(source: string): Promise<{ url: string; certificat: string; fermer: () => void }> {
  const { cle, certificat } = creerCertificat();
  const cles = await (await fetch(source)).text();
  const serveur = createServer({ key: cle, cert: certificat }, (_requete, reponse) => {
    reponse.setHeader('content-type', 'application/json').end(cles);
  });
  await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
  const { port } = serveur.address() as AddressInfo;
  const fermer = (): void => {
    serveur.closeAllConnections();
    serveur.close();
  };
  return { url: `https://127.0.0.1:${port}/jwks`, certificat, fermer };
}
