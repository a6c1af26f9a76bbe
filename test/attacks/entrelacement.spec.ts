import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { combien, DELAI_MS, noterAttaque } from './bilan.js';
import { type Acteur, canari, DEPARTEMENTS, type Departement, idDe } from './monde/acteurs.js';
import { demarrerMonde, type Monde, type Requete } from './monde/monde.js';

jest.setTimeout(DELAI_MS);

/** Two connections for everybody: each request finds one that somebody else has just left, or lost. */
let monde: Monde;
beforeAll(async () => {
  monde = await demarrerMonde({ PG_CONNEXIONS: '2' });
});
afterAll(() => monde?.arreter());

const LECTURES = [
  '{ conventions(first: 30) { nodes { id numero etat montant } } }',
  '{ candidatures(first: 20) { nodes { id numero } } versements(first: 20) { nodes { id numero explication { libelle } } } }',
  '{ accompagnements(first: 20) { nodes { id numero jeune { prenom nom } actes(first: 5) { nodes { lieu } } } } }',
  '{ moi { sub libelle habilitations { nodes { role } } } }',
  '{ bilans(first: 20) { nodes { numero motif actionsPossibles { action possible } } } }',
];
const ROLES_LECTEURS = ['SIEGE', 'SLAI', 'ASSOCIATION', 'MDS'];

interface Pas {
  readonly departement: Departement;
  readonly role: string;
  /** Null: a mutation. */
  readonly lecture: number | null;
  /** The client goes away after so many milliseconds. */
  readonly abandon: number | null;
  /** The superuser kills a connection of the pool first. */
  readonly coupure: boolean;
}

const pas: fc.Arbitrary<Pas> = fc.record({
  departement: fc.constantFrom(...DEPARTEMENTS),
  role: fc.constantFrom(...ROLES_LECTEURS),
  lecture: fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: LECTURES.length - 1 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  abandon: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 25 }) }),
  coupure: fc.nat({ max: 29 }).map((n) => n === 0),
});

const acteurDe = (departement: Departement, role: string): Acteur => {
  const acteur = monde.acteurs.find(({ sub }) => sub === `attaque-${departement}-${role}`);
  if (acteur === undefined) throw new Error(`Personne n’est ${role} dans le ${departement}.`);
  return acteur;
};

/** Writes the tenant's word in the tenant's structure: found elsewhere, it went to the wrong one. */
function ecriture(departement: Departement, rang: number): Requete {
  const input = {
    id: `Structure-${idDe(departement, 'structure', 'PERSONNE')}`,
    raisonSociale: `${canari(departement)} entrelacée ${rang}`,
    nature: 'AUTRE',
    siret: '73282932000074',
    territoires: [departement === '62' ? 'LENS_LIEVIN' : 'RIVE_NORD'],
  };
  const query =
    'mutation ($input: StructureEnregistrerInput!) { structureEnregistrer(input: $input) { structure { raisonSociale } errors { code } } }';
  return { query, variables: { input } };
}

async function couper(): Promise<void> {
  await monde.superutilisateur.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = 'sillage_app' order by random() limit 1`,
  );
}

/** Rows of a tenant that bear the other's word. */
async function motsEgares(dans: Departement, mot: string): Promise<number> {
  const { rows } = await monde.superutilisateur.query<{ combien: string }>(
    `select coalesce(sum((xpath('/row/n/text()', query_to_xml(format(
        'select count(*) as n from %I.%I t where departement_id = %L and t::text like %L', n.nspname, c.relname, $1::text, $2::text),
        true, true, '')))[1]::text::int), 0) as combien
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = 'sillage' or starts_with(n.nspname, 'plugin_')) and c.relkind = 'r' and c.relname <> '_migrations'`,
    [dans, `%${mot}%`],
  );
  return Number(rows[0]?.combien);
}

const AUTRE = { '62': '99', '99': '62' } as const;
const ENSEMBLE = 16;
const LOT = 400;

describe('deux départements sur deux connexions, clients partis et connexions coupées', () => {
  it('chacun ne reçoit que ce qu’il aurait reçu seul', async () => {
    const reference = new Map<string, string>();
    for (const departement of DEPARTEMENTS) {
      for (const role of ROLES_LECTEURS) {
        for (const [rang, query] of LECTURES.entries()) {
          reference.set(`${departement} ${role} ${rang}`, await monde.texte(acteurDe(departement, role), { query }));
        }
      }
    }
    expect([...reference.values()].filter((texte) => texte.includes('CANARI')).length).toBeGreaterThan(20);
    const total = combien(400, 20_000);
    const ecarts: string[] = [];
    let completes = 0;
    const jouer = async (un: Pas, rang: number): Promise<void> => {
      const { departement, role, lecture, abandon, coupure } = un;
      if (coupure) await couper();
      const acteur = acteurDe(departement, lecture === null ? 'ADMINISTRATEUR' : role);
      const requete = lecture === null ? ecriture(departement, rang) : { query: LECTURES[lecture] as string };
      let texte: string;
      try {
        texte = await monde.texte(
          acteur,
          requete,
          undefined,
          abandon === null ? undefined : AbortSignal.timeout(abandon),
        );
      } catch {
        return; // The client is gone, or the server closed on it: nothing was read.
      }
      if (texte.includes(canari(AUTRE[departement]))) ecarts.push(`${JSON.stringify(un)} ${texte.slice(0, 300)}`);
      if (texte.includes('"errors":[{"message"')) return; // A connection was lost under it.
      completes += 1;
      if (lecture !== null && texte !== reference.get(`${departement} ${role} ${lecture}`)) {
        ecarts.push(`${JSON.stringify(un)} : ${texte.slice(0, 300)}`);
      }
    };
    for (let faits = 0; faits < total; faits += LOT) {
      const file = fc.sample(pas, { numRuns: Math.min(LOT, total - faits), seed: 62 + faits }).entries();
      const avant = ecarts.length;
      // So many at any moment, whatever each takes.
      await Promise.all(
        Array.from({ length: ENSEMBLE }, async () => {
          for (const [rang, un] of file) await jouer(un, faits + rang);
        }),
      );
      const tentatives = Math.min(LOT, total - faits);
      const tenues = tentatives - (ecarts.length - avant);
      noterAttaque({ attaque: 'entrelacements, abandons et coupures', tentatives, tenues });
    }
    expect(ecarts.slice(0, 5)).toEqual([]);
    expect(completes).toBeGreaterThan(total / 4);
    for (const departement of DEPARTEMENTS) expect(await motsEgares(departement, canari(AUTRE[departement]))).toBe(0);
    for (const departement of DEPARTEMENTS) {
      const query = LECTURES[0] as string;
      expect(await monde.texte(acteurDe(departement, 'SIEGE'), { query })).toBe(
        reference.get(`${departement} SIEGE 0`),
      );
    }
  });
});
