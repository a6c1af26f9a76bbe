import type { MotsDePasse, PostgresEmbarque, UrlsBase } from '@sillage/persistence';
import { demarrerPostgres, effacerPostgres, preparerBase } from '@sillage/persistence';
import { fautesDeDemarrage } from '@sillage/socle';
import { RefusConsole } from '../commande.js';
import type { Progres } from './progres.js';
import { motsDePasse } from './secrets.js';

const BASE = 'sillage';

/** A database whose roles can connect, and the server that carries it when it is ours. */
export interface BaseOuverte {
  readonly urls: UrlsBase;
  readonly libelle: string;
  readonly embarque: PostgresEmbarque | undefined;
}

/**
 * The embedded PostgreSQL, or the server of DATABASE_URL: there, that address is its administrator's, and the passwords of
 * the roles are drawn here.
 */
export async function ouvrirBase(
  dossier: string,
  urlExterne: string | undefined,
  progres: Progres,
): Promise<BaseOuverte> {
  if (urlExterne !== undefined) {
    const url = lireUrl(urlExterne);
    const base = decodeURIComponent(url.pathname.slice(1)) || BASE;
    const urls = await preparer(urlExterne, base, motsDePasse(dossier));
    return { urls, libelle: `PostgreSQL de ${url.host}, base ${base} (DATABASE_URL)`, embarque: undefined };
  }
  const embarque = await demarrerPostgres({ dossier, journal: (ligne) => progres.annoncer(`… ${ligne}`) });
  try {
    const urls = await preparerBase({ urlAdmin: embarque.url, base: BASE, motsDePasse: embarque.motsDePasse });
    return { urls, libelle: `PostgreSQL embarqué, port ${embarque.port}`, embarque };
  } catch (erreur) {
    await embarque.arreter();
    throw erreur;
  }
}

/** What `--reset` removes from PostgreSQL. A server that is not ours is left to its owner. */
export async function effacerBase(dossier: string, urlExterne: string | undefined, progres: Progres): Promise<void> {
  if (urlExterne !== undefined) {
    throw new RefusConsole(
      '--reset n’efface pas la base de DATABASE_URL : supprimez-la vous-même (drop database), ou retirez DATABASE_URL.',
    );
  }
  await effacerPostgres({ dossier, journal: (ligne) => progres.annoncer(`… ${ligne}`) });
}

/** @throws RefusConsole saying what to check, when the server or the database cannot be reached. */
async function preparer(urlAdmin: string, base: string, mots: MotsDePasse): Promise<UrlsBase> {
  try {
    return await preparerBase({ urlAdmin, base, motsDePasse: mots });
  } catch (erreur) {
    throw new RefusConsole(fautesDeDemarrage(erreur).join('\n'));
  }
}

function lireUrl(texte: string): URL {
  const url = URL.canParse(texte) ? new URL(texte) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new RefusConsole('DATABASE_URL doit être une adresse postgres://utilisateur:mot-de-passe@hote:port/base.');
  }
  return url;
}
