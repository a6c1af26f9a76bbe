import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  demarrerPostgres,
  effacerPostgres,
  type MotsDePasse,
  migrer,
  type PostgresEmbarque,
  preparerBase,
} from '@sillage/persistence';
import { Client } from 'pg';

/** What a worker of Jest must know of the cluster that its parent started. */
export interface Grappe {
  readonly urlAdmin: string;
  readonly motsDePasse: MotsDePasse;
  readonly modele: string;
}

/** Carries a {@link Grappe} to the workers, which Jest forks after its global set-up. */
export const VARIABLE_GRAPPE = 'SILLAGE_ESSAIS_GRAPPE';

const MODELE = 'modele';
/** Away from the one that `npm start` takes. */
const PORT = 55_320;
const RACINE = join(import.meta.dirname, '../../.sillage');

let enMarche: { postgres: PostgresEmbarque; dossier: string } | null = null;

/** Starts one cluster for the whole run, with a template database where the core's migrations have run. */
export async function demarrerGrappe(): Promise<void> {
  await effacerAbandonnees();
  const dossier = join(RACINE, `essais-${process.pid}`);
  const postgres = await demarrerPostgres({ dossier, port: PORT, journal: () => undefined, essais: true });
  enMarche = { postgres, dossier };
  const { motsDePasse } = postgres;
  const urls = await preparerBase({ urlAdmin: postgres.url, base: MODELE, motsDePasse });
  await migrer({ urlProprietaire: urls.urlProprietaire, plugins: [], journal: () => undefined });

  // A database is copied only when nobody is connected to it: nobody will be.
  const admin = new Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`alter database ${MODELE} with is_template true allow_connections false`);
  await admin.end();
  const grappe: Grappe = { urlAdmin: postgres.url, motsDePasse, modele: MODELE };
  process.env[VARIABLE_GRAPPE] = JSON.stringify(grappe);
}

export async function arreterGrappe(): Promise<void> {
  if (enMarche === null) return;
  await enMarche.postgres.arreter();
  await effacer(enMarche.dossier);
  enMarche = null;
}

/** A run that was killed could not remove its data; its server died with it. */
async function effacerAbandonnees(): Promise<void> {
  if (!existsSync(RACINE)) return;
  for (const nom of readdirSync(RACINE)) {
    const pid = /^essais-(\d+)$/.exec(nom)?.[1];
    if (pid !== undefined && !vit(Number(pid))) await effacer(join(RACINE, nom));
  }
}

async function effacer(dossier: string): Promise<void> {
  await effacerPostgres({ dossier, journal: () => undefined });
  rmSync(dossier, { recursive: true, force: true });
}

function vit(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (erreur) {
    return (erreur as NodeJS.ErrnoException).code === 'EPERM';
  }
}
