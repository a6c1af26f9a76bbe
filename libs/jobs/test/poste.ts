import { horlogeSysteme } from '@sillage/kernel';
import { z } from 'zod';
import { creerDataSource, Outbox, UniteDeTravail } from '@sillage/persistence';
import { definirJob } from '../src/definition.js';
import { fabriquerFiles } from '../src/files.js';
import type { ConfigurationFile, Files } from '../src/files.js';
import type { IssueJob } from '../src/observateur.js';
import { Ouvriers } from '../src/ouvriers.js';
import { REGLAGES_PAR_DEFAUT } from '../src/reglages.js';
import type { ReglagesJobs } from '../src/reglages.js';
import { JobsQuotidiens } from '../src/quotidiens.js';
import { RegistreJobs } from '../src/registre.js';
import { Repartiteur } from '../src/repartiteur.js';
import { TraitementJob } from '../src/traitement.js';

/** A job whose effect can be counted: it writes two lines, with no constraint that would hide a double. */
export const effetDouble = definirJob({
  nom: 'essai.effet',
  file: 'essais',
  charge: z.strictObject({ objetId: z.string() }),
});

/** Everything quick, so that a test sees in a second what takes minutes in service. */
export const REGLAGES_ESSAI: Partial<ReglagesJobs> = {
  sondageMs: 100,
  republicationMs: 300,
  delaiTentativeMs: 50,
  tentativesMax: 3,
  verrouMs: 1_000,
  calageMs: 500,
};

export interface OptionsPoste {
  reglages?: Partial<ReglagesJobs>;
  declarer?: (registre: RegistreJobs) => void;
  /** Stands between the dispatcher and the real queues. */
  files?: (reelles: Files) => Files;
}

/** What one process of the house opens: a dispatcher, workers; and what they told. */
export interface Poste {
  unite: UniteDeTravail;
  outbox: Outbox;
  files: Files;
  repartiteur: Repartiteur;
  ouvriers: Ouvriers;
  issues: IssueJob[];
  lignes: string[];
  demarrer(): Promise<void>;
  fermer(): Promise<void>;
}

/** Opens a post; nothing runs yet. */
export async function ouvrirPoste(
  { urlApp, file }: { urlApp: string; file: ConfigurationFile },
  options: OptionsPoste = {},
): Promise<Poste> {
  const reglages = { ...REGLAGES_PAR_DEFAUT, ...REGLAGES_ESSAI, ...options.reglages };
  const lignes: string[] = [];
  const noter = (texte: string): void => void lignes.push(texte);
  const journal = { log: noter, warn: noter, error: noter };
  const issues: IssueJob[] = [];
  const observateur = { publie: () => undefined, traite: ({ issue }: { issue: IssueJob }) => void issues.push(issue) };

  const dataSource = await creerDataSource({ url: urlApp, connexions: 8, entites: [] }).initialize();
  const unite = new UniteDeTravail(dataSource);
  const registre = new RegistreJobs();
  (options.declarer ?? declarerEffet)(registre);
  const reelles = fabriquerFiles(file, reglages, journal);
  const files = options.files?.(reelles) ?? reelles;
  const repartiteur = new Repartiteur(
    dataSource,
    unite,
    registre,
    new JobsQuotidiens(unite, registre),
    files,
    reglages,
    observateur,
    journal,
    horlogeSysteme,
  );
  const traitement = new TraitementJob(unite, registre, reglages, observateur, journal);
  const ouvriers = new Ouvriers(registre, traitement, reelles);
  return {
    unite,
    outbox: new Outbox(),
    files,
    repartiteur,
    ouvriers,
    issues,
    lignes,
    demarrer: async () => {
      await ouvriers.demarrer();
      await repartiteur.demarrer();
    },
    fermer: async () => {
      await repartiteur.arreter();
      await ouvriers.arreter();
      await dataSource.destroy();
    },
  };
}

/** The executor of {@link effetDouble}. */
export function declarerEffet(registre: RegistreJobs): void {
  registre.declarer(
    effetDouble,
    async (em, { objetId }, { departementId, jobId }) => {
      for (const moitie of ['a', 'b']) {
        await em.query('insert into sillage.effet_essai (departement_id, job, objet) values ($1, $2, $3)', [
          departementId,
          jobId,
          `${objetId}-${moitie}`,
        ]);
      }
    },
    'essai',
  );
}
