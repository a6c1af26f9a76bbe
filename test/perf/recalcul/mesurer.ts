import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dispositifs } from '@sillage/dispositifs';
import { Client } from 'pg';
import { bilanCoordoAse } from '../../support/bilan-coordo-ase.js';
import { attendreVersement, demarrerWorker, faire } from '../../support/chaine-de-paiement.js';
import { multiplierConvention } from '../../support/conventions-en-nombre.js';
import { demarrerGatewayEssai, environnementEssai } from '../../support/gateway-essai.js';
import { arreterGrappe, demarrerGrappe } from '../../support/grappe.js';
import {
  activer,
  idsDeBase,
  jusquALaDerniereSignature,
  lire,
  signerPourLeDepartement,
} from '../../support/parcours-coordo-ase.js';
import { mediane } from '../statistiques.js';
import { TOTAUX } from './limite.sql.js';

/** `npm run perf -- --recalcul`: see README.md. */

const OBJECTIF_FOIS = 20;
const APRES = '2027-03-01T09:00:00+01:00';

const { values } = parseArgs({
  options: { tailles: { type: 'string', default: '1000,10000' }, fois: { type: 'string', default: '5' } },
});
const tailles = values.tailles.split(',').map(Number);
const fois = Number(values.fois);
const dire = (ligne: string): void => console.log(`  ${ligne}`);

interface Passage {
  readonly ms: number;
  readonly picMio: number;
  readonly cpuMs: number;
  readonly ecarts: string;
}

interface Resultat {
  readonly conventions: number;
  readonly application: Passage;
  readonly recalculs: readonly Passage[];
  /** After as much work as the greatest size asks, by tasks of this one, in one worker. */
  readonly picAEgalTravailMio: number;
  readonly limiteMs: number;
}

await demarrerGrappe();
const gateway = await demarrerGatewayEssai({ dispositifs });
const admin = new Client({ connectionString: gateway.base.urlAdmin });
await admin.connect();
try {
  const modele = await preparerModele();
  const { appelId } = await idsDeBase(gateway);
  const resultats: Resultat[] = [];
  let presentes = 0;
  for (const taille of tailles) {
    dire(`${taille} conventions : copie`);
    await multiplier(modele, taille - 1 - presentes, presentes);
    presentes = taille - 1;
    dire(`${taille} conventions : application`);
    const application = await recalculer(appelId, true);
    const recalculs: Passage[] = [];
    for (let rang = 1; rang <= fois; rang += 1) {
      recalculs.push(await recalculer(appelId, false));
      dire(`${taille} conventions : ${rang}/${fois}, ${Math.round(recalculs.at(-1)!.ms)} ms`);
    }
    const picAEgalTravailMio = (await recalculer(appelId, false, Math.ceil(Math.max(...tailles) / taille))).picMio;
    dire(`${taille} conventions : mémoire à égal travail, ${Math.round(picAEgalTravailMio)} Mio`);
    const limiteMs = await mesurerLimite(appelId);
    resultats.push({ conventions: taille, application, recalculs, picAEgalTravailMio, limiteMs });
  }
  rapporter(resultats);
} finally {
  await admin.end();
  await gateway.arreter();
  await arreterGrappe();
}

/** A dossier that went through the API, from its candidature to its confirmed bilan. */
async function preparerModele(): Promise<string> {
  const worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
  const { conventionId } = await jusquALaDerniereSignature(gateway);
  await signerPourLeDepartement(gateway, conventionId);
  await attendreVersement(gateway, conventionId, 'AVANCE');
  gateway.horloge.avancerA(APRES);
  const champs = bilanCoordoAse(24, 90);
  const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
    conventionId,
    champs,
  });
  const { id: bilanId, version } = bilan as { id: string; version: number };
  await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
  await attendreVersement(gateway, conventionId, 'SOLDE');
  await worker.arreter();
  return conventionId.replace('Convention-', '');
}

/** Copies that differ: amounts, places month by month, scores. */
async function multiplier(modele: string, nombre: number, deja: number): Promise<void> {
  await multiplierConvention(admin, modele, nombre, deja);
  await admin.query(
    `update sillage.convention set montant_centimes = 5200000 - split_part(numero, '-', 3)::int where numero like 'CONV-COPIE-%'`,
  );
  await admin.query(
    `update sillage.bilan b set retenus = b.retenus || jsonb_build_object('noteMoyens', n % 15, 'fileActive', (
        select jsonb_agg(f || jsonb_build_object('joursAccompagnement', (f->>'joursAccompagnement')::int / 24 * (10 + n % 21)) order by rang)
          from jsonb_array_elements(b.champs->'fileActive') with ordinality x (f, rang)))
       from (select id, split_part(numero, '-', 3)::int as n from sillage.bilan where numero like 'BIL-COPIE-%') c
      where c.id = b.id`,
  );
  await admin.query('vacuum analyze');
}

/** So many tasks, one after the other, in a worker of their own. */
async function recalculer(appelId: string, appliquer: boolean, taches = 1): Promise<Passage> {
  const enfant = lancer();
  await pret(enfant);
  const cpu = cpuDe(enfant);
  const debut = performance.now();
  let ecarts = '';
  for (let rang = 0; rang < taches; rang += 1) ecarts = await mener(appelId, appliquer);
  const ms = performance.now() - debut;
  const passage = { ms, picMio: picDe(enfant), cpuMs: cpuDe(enfant) - cpu, ecarts };
  enfant.kill('SIGTERM');
  await once(enfant, 'exit');
  return passage;
}

/** A task from its demand to its end; gives its difference. */
async function mener(appelId: string, appliquer: boolean): Promise<string> {
  const { tache } = await faire(gateway, 'siege', 'versementsRecalculer', 'tache { id }', { appelId, appliquer });
  const { id } = tache as { id: string };
  for (;;) {
    const document = 'query ($id: ID!) { tache(id: $id) { etat ecart } }';
    const lue = (await lire<{ tache: { etat: string; ecart: string } }>(gateway, 'siege', document, { id })).tache;
    if (lue.etat === 'TERMINEE') return lue.ecart;
    if (lue.etat !== 'EN_COURS') throw new Error(`Le recalcul s’est arrêté : ${lue.etat}.`);
    await new Promise((r) => setTimeout(r, 20));
  }
}

function lancer(): ChildProcess {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    ...environnementEssai(gateway.base, gateway.emetteur),
    DATABASE_URL: gateway.base.urlJobs,
    NIVEAU_TRACES: 'error',
    HORLOGE: APRES,
    REGLAGES: '{}',
  };
  const principal = join(import.meta.dirname, '../../support/worker-enfant.mjs');
  return spawn(process.execPath, [principal], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The worker listens once its connections are there; then it is left to settle. */
async function pret({ pid }: ChildProcess): Promise<void> {
  const limite = performance.now() + 30_000;
  while (performance.now() < limite) {
    const { rows } = await admin.query(`select from pg_stat_activity where query ilike 'listen%' limit 1`);
    if (rows.length > 0 && pid !== undefined) break;
    await new Promise((r) => setTimeout(r, 100));
  }
  await new Promise((r) => setTimeout(r, 1500));
}

function picDe({ pid }: ChildProcess): number {
  const pic = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(pic) / 1024;
}

/** User and system time of the process, in ms: a tick of /proc is a hundredth of a second. */
function cpuDe({ pid }: ChildProcess): number {
  const champs = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(champs[11]) + Number(champs[12])) * 10;
}

async function mesurerLimite(appelId: string): Promise<number> {
  const app = new Client({ connectionString: gateway.base.urlApp });
  await app.connect();
  try {
    await app.query(`select set_config('sillage.departement', '62', false)`);
    const mesures: number[] = [];
    for (let rang = 0; rang < fois; rang += 1) {
      const debut = performance.now();
      const { rows } = await app.query<{ avance: string; solde: string }>(TOTAUX, [appelId.replace('Appel-', '')]);
      mesures.push(performance.now() - debut);
      if (rang === 0) await comparer(rows[0]!);
    }
    return mediane(mesures);
  } finally {
    await app.end();
  }
}

/** Nobody is timed before both have said the same, to the cent. */
async function comparer(limite: { avance: string; solde: string }): Promise<void> {
  const { rows } = await admin.query<{ avance: string; solde: string }>(
    `select sum(montant_centimes) filter (where tranche = 'AVANCE')::text as avance,
            sum(case sens when 'A_PAYER' then montant_centimes else - montant_centimes end) filter (where tranche = 'SOLDE')::text as solde
       from sillage.versement where etat <> 'REFUSE'`,
  );
  const { avance, solde } = limite;
  if (JSON.stringify({ avance, solde }) !== JSON.stringify(rows[0])) {
    throw new Error(`La limite dit ${JSON.stringify(limite)}, Sillage ${JSON.stringify(rows[0])}.`);
  }
}

function rapporter(resultats: readonly Resultat[]): void {
  console.table(
    Object.fromEntries(
      resultats.map(({ conventions, application, recalculs, picAEgalTravailMio, limiteMs }) => {
        const ms = mediane(recalculs.map((r) => r.ms));
        return [
          `${conventions} conventions`,
          {
            'recalcul (ms)': Math.round(ms),
            'par seconde': Math.round((conventions / ms) * 1000),
            'CPU du worker (ms)': Math.round(mediane(recalculs.map((r) => r.cpuMs))),
            'pic mémoire (Mio)': Math.round(mediane(recalculs.map((r) => r.picMio))),
            '... à égal travail (Mio)': Math.round(picAEgalTravailMio),
            'limite SQL (ms)': Math.round(limiteMs),
            'x limite': Number((ms / limiteMs).toFixed(1)),
            'application (ms)': Math.round(application.ms),
          },
        ];
      }),
    ),
  );
  const dernier = resultats.at(-1)!;
  const rapport = mediane(dernier.recalculs.map((r) => r.ms)) / dernier.limiteMs;
  const memoire = dernier.picAEgalTravailMio / resultats[0]!.picAEgalTravailMio;
  console.log(
    `${rapport <= OBJECTIF_FOIS ? '✔' : '✘'} recalcul / limite : ${rapport.toFixed(1)} (au plus ${OBJECTIF_FOIS})`,
  );
  const combien = (dernier.conventions / resultats[0]!.conventions).toFixed(0);
  console.log(`  pic de mémoire, à égal travail : x ${memoire.toFixed(2)} pour ${combien} fois plus de conventions`);
}
