import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type InstructionSql, UniteDeTravail } from '@sillage/persistence';
import type { Client } from 'pg';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';

/**
 * The statements that the gateway really sends for its busiest lists, and the plans that PostgreSQL would choose for them, under
 * row-level security, with tables of the size of a département and of ten. Nothing is timed. The rows are a few thousand; the
 * sizes are PostgreSQL's own statistics, set as if they had been gathered on tables so large.
 */
const GRANDES = ['jeune', 'identite', 'accompagnement', 'acte', 'journal', 'journal_chaine'] as const;
const TAILLES = {
  '60 000 jeunes': {
    jeune: 60_000,
    identite: 60_000,
    accompagnement: 90_000,
    acte: 600_000,
    journal: 2_000_000,
    journal_chaine: 2_000_000,
  },
  '600 000 jeunes': {
    jeune: 600_000,
    identite: 600_000,
    accompagnement: 900_000,
    acte: 6_000_000,
    journal: 20_000_000,
    journal_chaine: 20_000_000,
  },
} as const;

const LIGNE = `id numero dispositif etat du au jeune { prenom nom } structure { raisonSociale }
  actes(first: 3) { totalCount nodes { id nature date } }`;
const PAGE = `totalCount pageInfo { hasNextPage endCursor } nodes { ${LIGNE} }`;
const T = 'territoire: "ARRAGEOIS"';

const JOURNAL = 'totalCount nodes { id le action objetId details rang empreinte acteur { libelle } }';
const PERSONNE = '01984000-0007-7000-8000-000000000007';

/** What people ask all day, and who asks it. */
const DEMANDES: readonly [nom: string, compte: string, document: string][] = [
  ['a page of a territory and a state', 'siege', `{ accompagnements(${T}, etats: [EN_COURS], first: 50) { ${PAGE} } }`],
  ['the same from its end', 'siege', `{ accompagnements(${T}, etats: [EN_COURS], last: 50) { ${PAGE} } }`],
  ['a page of everything', 'siege', `{ accompagnements(first: 50) { ${PAGE} } }`],
  ['a page, several states', 'siege', `{ accompagnements(${T}, etats: [EN_COURS, TERMINE], first: 50) { ${PAGE} } }`],
  [
    'a page for a service of one territory',
    'slai-lens',
    `{ accompagnements(etats: [EN_COURS], first: 50) { ${PAGE} } }`,
  ],
  ['a page for a partner', 'association', `{ accompagnements(${T}, etats: [EN_COURS], first: 50) { ${PAGE} } }`],
  ['everything a partner has', 'association', `{ accompagnements(first: 50) { ${PAGE} } }`],
  [
    'acts, with where they stand',
    'siege',
    `{ accompagnements(${T}, etats: [EN_COURS], first: 50) { nodes { actes(first: 3) { pageInfo { endCursor } nodes { id } } } } }`,
  ],
  ['the journal', 'siege', `{ journal(first: 50) { ${JOURNAL} } }`],
  ['the journal of a period', 'dpd', `{ journal(du: "2024-02-01", au: "2024-02-29", first: 50) { ${JOURNAL} } }`],
  ['what somebody did', 'dpd', `{ journal(acteurId: "Utilisateur-${PERSONNE}", first: 50) { ${JOURNAL} } }`],
  ['an action', 'dpd', `{ journal(action: "essayer", du: "2024-02-01", first: 50) { ${JOURNAL} } }`],
  ['what happened to an object', 'dpd', `{ journal(objetId: "Essai-${PERSONNE}", first: 50) { ${JOURNAL} } }`],
  ['what happened to a type of objects', 'dpd', `{ journal(objetType: "Essai", first: 50) { ${JOURNAL} } }`],
  ['what a request did', 'dpd', `{ journal(requeteId: "essai-7", first: 50) { ${JOURNAL} } }`],
];

interface Noeud {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Noeud[];
}

let gateway: GatewayEssai;
const envoyees = new Map<string, InstructionSql>();

beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
  await avecClient(gateway.base.urlProprietaire, async (client) => {
    for (const departementId of ['99', '62']) await remplir(client, departementId);
  });
  const unites = gateway.app.get(UniteDeTravail);
  const lire = unites.lireTexte.bind(unites);
  let courante = '';
  unites.lireTexte = (departementId, instruction) => {
    envoyees.set(courante, instruction);
    return lire(departementId, instruction);
  };
  const demander = async (nom: string, compte: string, document: string): Promise<unknown> => {
    courante = nom;
    const { data, errors } = await gateway.requete(compte, document);
    expect(errors).toBeUndefined();
    return data;
  };
  for (const [nom, compte, document] of DEMANDES) await demander(nom, compte, document);
  const premiere = (await demander(
    'first',
    'siege',
    `{ accompagnements(${T}, etats: [EN_COURS], first: 50) { ${PAGE} } }`,
  )) as {
    accompagnements: { pageInfo: { endCursor: string }; nodes: { id: string }[] };
  };
  const { pageInfo, nodes } = premiere.accompagnements;
  await demander(
    'the page after',
    'siege',
    `{ accompagnements(${T}, etats: [EN_COURS], first: 50, after: "${pageInfo.endCursor}") { ${PAGE} } }`,
  );
  await demander('one by its id', 'siege', `{ accompagnement(id: "${nodes[0]?.id ?? ''}") { ${LIGNE} } }`);
});
afterAll(() => gateway?.arreter());

/** Four thousand accompaniments of a département, in proportions that one has. */
async function remplir(client: Client, d: string): Promise<void> {
  const uuid = (n: number, i: string): string =>
    `('0198${n}000-00${d}-7000-8000-' || lpad(to_hex(${i}), 12, '0'))::uuid`;
  await client.query(`
    select set_config('sillage.departement', '${d}', false);
    create temporary table t as select id, row_number() over (order by code) - 1 as rang, count(*) over () as combien from sillage.territoire;
    create temporary table s as select id, row_number() over (order by id) - 1 as rang, count(*) over () as combien from sillage.structure;
    create temporary table u as select id from sillage.utilisateur limit 1;
    insert into sillage.jeune (departement_id, id, numero, date_naissance, territoire_id, cree_le, cree_par, modifie_le)
      select '${d}', ${uuid(1, 'i')}, 'J-' || i, date '2004-01-01' + i % 3000, t.id, now(), u.id, now()
      from generate_series(0, 2699) i join t on t.rang = i % t.combien, u;
    insert into sillage.identite (departement_id, jeune_id, prenom, nom)
      select departement_id, id, 'Prénom', 'Essai' from sillage.jeune where departement_id = '${d}';
    insert into sillage.accompagnement (departement_id, id, numero, jeune_id, structure_id, territoire_id, dispositif, etat, du,
        cree_le, cree_par, modifie_le)
      select '${d}', ${uuid(2, 'i')}, 'A-' || i, ${uuid(1, 'i % 2700')}, s.id, t.id, 'coordo-ase',
        (array['EN_COURS', 'EN_COURS', 'TERMINE', 'ABANDONNE', 'EN_ATTENTE'])[1 + (i / 9) % 5], date '2024-01-01' + i % 900, now(), u.id, now()
      from generate_series(0, 3999) i join t on t.rang = i % t.combien join s on s.rang = (i / 45) % s.combien, u;
    insert into sillage.acte (departement_id, id, accompagnement_id, nature, date, saisi_le, saisi_par)
      select '${d}', ${uuid(3, 'i')}, ${uuid(2, 'i % 4000')}, 'ENTRETIEN', date '2024-01-01' + i % 900, now(), u.id
      from generate_series(0, 26999) i, u;
    insert into sillage.journal (departement_id, id, le, acteur_type, acteur_id, requete_id, action, objet_type, objet_id)
      select '${d}', ${uuid(4, 'i')}, timestamptz '2024-01-01Z' + i * interval '1 hour', 'UTILISATEUR', ${uuid(5, 'i % 40')},
        'essai-' || i / 3, (array['essayer', 'creer', 'modifier'])[1 + i % 3], (array['Essai', 'Autre'])[1 + i % 2], ${uuid(6, 'i % 500')}
      from generate_series(0, 3999) i;
    drop table t, s, u;
    analyze sillage.journal; analyze sillage.journal_chaine;
    analyze sillage.jeune; analyze sillage.identite; analyze sillage.accompagnement; analyze sillage.acte;
  `);
}

describe.each(Object.entries(TAILLES))('With %s', (_, lignes) => {
  beforeAll(async () => {
    await avecClient(gateway.base.urlAdmin, async (admin) => {
      for (const table of GRANDES) {
        await admin.query(
          `select pg_restore_relation_stats('schemaname', 'sillage', 'relname', $1::text, 'relpages', relpages, 'reltuples', $2::real)
           from pg_class where oid = ('sillage.' || $1)::regclass`,
          [table, lignes[table]],
        );
      }
    });
  });

  it.each([...DEMANDES.map(([nom]) => nom), 'the page after', 'one by its id'])(
    '%s walks indexes, whether PostgreSQL knows the values or not',
    async (nom) => {
      const instruction = envoyees.get(nom);
      expect(instruction).toBeDefined();
      for (const mode of ['force_custom_plan', 'force_generic_plan']) {
        const plan = await planDe(instruction as InstructionSql, mode);
        expect(parcours(plan)).toEqual([]);
      }
    },
  );
});

/** PostgreSQL's plan, as the application's role and under its tenant. */
async function planDe({ texte, valeurs }: InstructionSql, mode: string): Promise<Noeud> {
  return avecClient(gateway.base.urlApp, async (client) => {
    await client.query(
      `select set_config('sillage.departement', '62', false), set_config('plan_cache_mode', $1, false)`,
      [mode],
    );
    await client.query(`prepare lecture as ${texte}`);
    const litteraux = valeurs.map((valeur) => client.escapeLiteral(litteral(valeur))).join(', ');
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Noeud }[] }>(
      `explain (format json) execute lecture${litteraux === '' ? '' : `(${litteraux})`}`,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan === undefined) throw new Error('PostgreSQL n’a pas donné de plan.');
    return plan;
  });
}

function litteral(valeur: unknown): string {
  return Array.isArray(valeur) ? `{${valeur.map((une) => JSON.stringify(une)).join(',')}}` : String(valeur);
}

/** The big tables that a plan reads whole. */
function parcours({ Plans = [], ...noeud }: Noeud): string[] {
  const table = noeud['Relation Name'] ?? '';
  const entier = noeud['Node Type'].includes('Seq Scan') && (GRANDES as readonly string[]).includes(table);
  return [...(entier ? [table] : []), ...Plans.flatMap(parcours)];
}
