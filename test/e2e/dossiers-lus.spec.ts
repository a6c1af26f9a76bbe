import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { masques } from '../plugins/masques/masques.js';
import { minimal } from '../plugins/minimal/minimal.js';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  CHAMPS_COMPLETS,
  creerBrouillon,
  idsDeBase,
  jusquALaDerniereSignature,
  lire,
  muter,
} from '../support/parcours-coordo-ase.js';

type Objet = Record<string, unknown> & { id: string };

const ERREURS = 'code message path regle';
const ACTIONS = `actionsPossibles { action possible motifs { ${ERREURS} } }`;
const VERSEMENT = 'id numero conventionId dispositif tranche montant etat proposeLe sens';
const CONVENTION = `__typename id numero candidatureId dispositif etat du au montant signeeLe creeLe modifieLe
  structure { id raisonSociale } territoires { code } signatures { partie signeeLe qualite }
  ... on ConventionCoordoAse { termes { etp accompagnements } }`;
const COMMUNS = `__typename id numero dispositif etat version referenceExterne creeLe modifieLe deposeeLe valideeLe
  appel { id code ouvert territoires { code } } structure { id siret } territoires { code libelle }
  avis { territoire { code } role sens motif renduLe } decision { sens motif confirmations priseLe }`;
const PROPRES = `... on CandidatureCoordoAse { champs { etp intitule contactNom depensesDirectes { nature montant } } }
  ... on CandidatureMinimal { champs { besoin } }`;
/** What SQL alone answers... */
const SIMPLE = `${COMMUNS} ${PROPRES} convention { ${CONVENTION} versements { ${VERSEMENT} } }`;
/** ... and the same with what code works out. */
const CALCULES = `${COMMUNS} ${ACTIONS} pointsAConfirmer { regle motifs { ${ERREURS} } }
  convention { ${CONVENTION} ${ACTIONS} plafond { libelle resultat texte lignes { libelle } }
    versements { ${VERSEMENT} ${ACTIONS} explication { libelle resultat texte } } }`;
const ENTIER = `${CALCULES} ${PROPRES}`;

let gateway: GatewayEssai;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs: [...dispositifs, minimal, masques] });
  for (const dispositif of ['coordo-ase', 'minimal', 'masques']) {
    const activation = { dispositif, territoires: ['LENS_LIEVIN', 'ARRAGEOIS'] };
    await faire('administrateur', 'dispositifActiver', 'dispositif { code }', activation);
  }
  await creerBrouillon(gateway, { etp: '1' });
  const limite = { ...CHAMPS_COMPLETS, accompagnementsEngages: 20 };
  await deposer(await creerBrouillon(gateway, limite, ['LENS_LIEVIN', 'ARRAGEOIS']));
  await proposerVersement((await jusquALaDerniereSignature(gateway)).conventionId);
  await deposer(await creer('Minimal', { besoin: 'Une salle' }));
  const candidatureId = await creerBrouillon(gateway);
  await deposer(candidatureId);
  await faire('association', 'candidatureValider', 'candidature { id }', { candidatureId });
  await faire('slai-lens', 'candidatureDonnerAvis', 'candidature { id }', {
    candidatureId,
    sens: 'RESERVE',
    motif: 'À voir.',
  });
});
afterAll(() => gateway?.arreter());
beforeEach(() => void jest.restoreAllMocks());

/** A mutation that must be done. */
async function faire(compte: string, nom: string, selection: string, input: object): Promise<Record<string, unknown>> {
  const reponse = await muter(gateway, compte, nom, selection, input);
  expect({ nom, errors: reponse.errors }).toEqual({ nom, errors: [] });
  return reponse;
}

const deposer = (candidatureId: string): Promise<unknown> =>
  faire('association', 'candidatureDeposer', 'candidature { id }', { candidatureId });

async function appelDe(dispositif: string): Promise<string> {
  const document = 'query ($dispositif: String) { appels(dispositif: $dispositif) { nodes { id } } }';
  const { appels } = await lire<{ appels: { nodes: Objet[] } }>(gateway, 'association', document, { dispositif });
  return appels.nodes[0]!.id;
}

async function creer(prefixe: string, champs: object, selection = 'candidature { id }'): Promise<string> {
  const { structureId } = await idsDeBase(gateway);
  const appelId = await appelDe(prefixe.toLowerCase());
  const input = { appelId, structureId, territoires: ['LENS_LIEVIN'], champs };
  const { candidature } = await faire('association', `candidature${prefixe}Creer`, selection, input);
  return (candidature as Objet).id;
}

/** What the job would have left. */
function proposerVersement(conventionId: string): Promise<void> {
  return avecClient(gateway.base.urlAdmin, async (client) => {
    await client.query(
      `insert into sillage.versement (departement_id, id, numero, convention_id, dispositif, structure_id, tranche,
         sens, montant_centimes, explication, etat, propose_le)
       select departement_id, gen_random_uuid(), 'VERS-' || t.rang || '-' || id, id, dispositif, structure_id, t.tranche, 'A_PAYER', t.centimes,
         '{"libelle": "Tranche", "resultat": "x"}', 'PROPOSE', now()
       from sillage.convention, (values (1, 'AVANCE', 3120001), (2, 'SOLDE', 5)) t(rang, tranche, centimes) where id = $1`,
      [conventionId.replace('Convention-', '')],
    );
  });
}

async function page(compte: string, champs: string, args = 'first: 20'): Promise<Objet[]> {
  const document = `{ candidatures(${args}) { nodes { ${champs} } } }`;
  return (await lire<{ candidatures: { nodes: Objet[] } }>(gateway, compte, document)).candidatures.nodes;
}

async function seule(compte: string, champs: string, id: string): Promise<Objet | null> {
  const document = `query ($id: ID!) { candidature(id: $id) { ${champs} } }`;
  return (await lire<{ candidature: Objet | null }>(gateway, compte, document, { id })).candidature;
}

/** The same objects without the fields that code works out. */
function sansCalculs(objets: unknown): unknown {
  const calcules = new Set(['actionsPossibles', 'pointsAConfirmer', 'plafond', 'explication']);
  return JSON.parse(JSON.stringify(objets, (cle, valeur: unknown) => (calcules.has(cle) ? undefined : valeur)));
}

describe('A page of candidatures, with conventions and versements', () => {
  it.each([
    ['association', 5],
    ['siege', 4],
    ['slai-lens', 4],
    ['slai-arras', 1],
    ['administrateur', 5],
  ])('gives %s what single reads give, and both ways of answering agree', async (compte, combien) => {
    const entieres = await page(compte, ENTIER);
    expect(entieres).toHaveLength(combien);
    for (const candidature of entieres) {
      expect(await seule(compte, ENTIER, candidature.id)).toEqual(candidature);
      expect(await seule(compte, SIMPLE, candidature.id)).toEqual(sansCalculs(candidature));
    }
    expect(await page(compte, SIMPLE)).toEqual(sansCalculs(entieres));
  });

  it('holds amounts from cents, conventions and versements within one’s rights, newest first', async () => {
    const lues = await page('siege', SIMPLE);
    expect(lues.map((c) => c['etat'])).toEqual(['VALIDEE', 'DEPOSEE', 'CONVENTIONNEE', 'DEPOSEE']);
    expect(lues[2]).toMatchObject({
      __typename: 'CandidatureCoordoAse',
      champs: { etp: '1', depensesDirectes: [{ nature: 'SALAIRES', montant: '43333.33' }] },
      avis: [{ role: 'SLAI', territoire: { code: 'LENS_LIEVIN' } }],
      convention: { __typename: 'ConventionCoordoAse', montant: '52000.00', candidatureId: lues[2]!.id },
    });
    const versements = (c: Objet | undefined) => (c?.['convention'] as { versements: Objet[] }).versements;
    expect(new Set(versements(lues[2]).map((v) => v['montant']))).toEqual(new Set(['31200.01', '0.05']));
    const slai = await page('slai-lens', SIMPLE);
    // The service that liquidates them sees them, on its territories (TRANS-12).
    expect(versements(slai.find((c) => c['etat'] === 'CONVENTIONNEE'))).toHaveLength(2);
    expect((await page('slai-arras', SIMPLE)).filter((c) => c['etat'] === 'CONVENTIONNEE')).toEqual([]);
  });

  it('hides opinions from the porteur until the decision (AMB-174)', async () => {
    const avis = async (compte: string) =>
      (await page(compte, 'id etat avis { sens }'))
        .filter(({ etat }) => etat === 'VALIDEE' || etat === 'CONVENTIONNEE')
        .map((c) => c['avis']);
    expect(await avis('siege')).toEqual([[{ sens: 'RESERVE' }], [{ sens: 'FAVORABLE' }]]);
    expect(await avis('association')).toEqual([[], [{ sens: 'FAVORABLE' }]]);
  });

  it('tells the borderline points of each', async () => {
    const regles = (await page('siege', 'etat pointsAConfirmer { regle }', 'first: 20, dispositif: "coordo-ase"')).map(
      ({ etat, pointsAConfirmer }) => [etat, pointsAConfirmer],
    );
    expect(regles).toEqual([
      ['VALIDEE', []],
      ['CONVENTIONNEE', []],
      ['DEPOSEE', [{ regle: 'ASE-FIN-07' }]],
    ]);
  });

  it('takes a fixed number of statements, whatever its length; where SQL answers alone, TypeORM none', async () => {
    const compter = async (document: string): Promise<number> => {
      const espion = jest.spyOn(PostgresQueryRunner.prototype, 'query');
      await lire(gateway, 'association', document);
      const { length } = espion.mock.calls;
      espion.mockRestore();
      return length;
    };
    const candidatures = (first: number, champs: string) =>
      compter(`{ candidatures(first: ${first}, dispositif: "coordo-ase") { nodes { ${champs} } } }`);
    // The second of coordo-ase has the convention.
    const deux = await candidatures(2, ENTIER);
    expect(deux).toBeGreaterThan(20);
    expect(await candidatures(20, ENTIER)).toBe(deux);
    expect(await candidatures(20, SIMPLE)).toBe(await compter('{ __typename }'));
  });

  it('leaves out the rows of a dispositif that is no longer installed', async () => {
    const [modele] = await page('association', 'id');
    const id = '00000000-0000-7000-8000-0000000000aa';
    await avecClient(gateway.base.urlAdmin, async (client) => {
      await client.query(
        `insert into sillage.candidature select (jsonb_populate_record(c, jsonb_build_object(
           'id', $1::text, 'numero', 'CAND-PARTIE', 'dispositif', 'parti'))).* from sillage.candidature c where id = $2`,
        [id, modele!.id.replace('Candidature-', '')],
      );
    });
    expect(await page('association', 'id')).toHaveLength(5);
    expect(await page('association', `id ${ACTIONS}`)).toHaveLength(5);
    expect(await seule('association', 'numero', `Candidature-${id}`)).toBeNull();
  });

  it('is of one’s own département', async () => {
    for (const compte of ['siege-99', 'association-99', 'administrateur-99']) {
      expect(await page(compte, SIMPLE)).toEqual([]);
      expect(await page(compte, ENTIER)).toEqual([]);
    }
    const [premiere] = await page('association', 'id');
    expect(await seule('siege-99', SIMPLE, premiere!.id)).toBeNull();
    const document = '{ conventions { totalCount nodes { id } } versements { totalCount nodes { id } } }';
    const vides = { totalCount: 0, nodes: [] };
    expect(await lire(gateway, 'siege-99', document)).toEqual({ conventions: vides, versements: vides });
  });
});

describe('Lists of dossiers', () => {
  const erreur = async (champ: string): Promise<unknown> =>
    (await gateway.requete('siege', `{ ${champ} { totalCount } }`)).errors?.[0]?.extensions?.['code'];

  it('are filtered, counted, and refuse what is no appel', async () => {
    const document = `query ($appelId: ID) {
      appel: candidatures(appelId: $appelId) { totalCount }
      etats: candidatures(etats: [DEPOSEE, VALIDEE]) { totalCount totalCountExact }
      aucun: candidatures(etats: []) { totalCount }
      depuis: candidatures(updatedSince: "2026-02-02T08:00:00.001Z") { totalCount }
      conventions(dispositif: "coordo-ase", etats: [PROJET]) { totalCount }
      versements(etats: [PROPOSE], first: 1) { totalCount nodes { montant } pageInfo { hasNextPage } }
    }`;
    expect(await lire(gateway, 'siege', document, { appelId: await appelDe('minimal') })).toMatchObject({
      appel: { totalCount: 1 },
      etats: { totalCount: 3, totalCountExact: true },
      aucun: { totalCount: 0 },
      depuis: { totalCount: 0 },
      conventions: { totalCount: 1 },
      versements: { totalCount: 2, pageInfo: { hasNextPage: true } },
    });
    expect(await erreur('candidatures(appelId: "Structure-00000000-0000-7000-8000-000000000000")')).toBe('INTROUVABLE');
    expect(await erreur('candidatures(first: 0)')).toBe('VALEUR_INVALIDE');
  });

  it('know their own cursors only', async () => {
    const { candidatures } = await lire<{ candidatures: { edges: { cursor: string; node: Objet }[] } }>(
      gateway,
      'siege',
      '{ candidatures(first: 2) { edges { cursor node { id } } } }',
    );
    const [premiere, seconde] = candidatures.edges;
    expect(await page('siege', 'id', `first: 1, after: "${premiere!.cursor}"`)).toEqual([seconde!.node]);
    expect(await erreur(`conventions(after: "${premiere!.cursor}")`)).toBe('CURSEUR_INVALIDE');
  });
});

describe('The payload of a mutation', () => {
  it('gives what a query gives, under each alias', async () => {
    const selection = `candidature { id } entiere: candidature { ${CALCULES} champs { besoin } }
      simple: candidature { n: numero etat: dispositif ... on Candidature { champs: structure { siret } } }`;
    const { structureId } = await idsDeBase(gateway);
    const input = {
      appelId: await appelDe('minimal'),
      structureId,
      territoires: ['LENS_LIEVIN'],
      champs: { besoin: 'Un bus' },
    };
    const { candidature, entiere, simple } = await faire('association', 'candidatureMinimalCreer', selection, input);
    const { id } = candidature as Objet;
    expect(entiere).toMatchObject({ champs: { besoin: 'Un bus' }, etat: 'BROUILLON', pointsAConfirmer: [] });
    expect(entiere).toEqual(await seule('association', ENTIER, id));
    const { numero, structure } = entiere as Objet & { structure: { siret: string } };
    expect(simple).toEqual({ n: numero, etat: 'minimal', champs: { siret: structure.siret } });
  });
});

describe('Who sees which declared fields', () => {
  const CHAMPS =
    'id ... on CandidatureMasques { champs { besoin cout contact reserve etapes { libelle cout contact } } }';
  const TERMES = 'id ... on ConventionMasques { termes { places cout contact } }';
  const valeurs = { cout: '10.00', contact: 'Camille Exemple' };
  let candidatureId: string;

  beforeAll(async () => {
    candidatureId = await creer('Masques', {
      besoin: 'Un lieu',
      reserve: 'Aucune',
      ...valeurs,
      etapes: [
        { libelle: 'Seconde', ...valeurs },
        { libelle: 'Première', cout: null },
      ],
    });
    await deposer(candidatureId);
    await faire('association', 'candidatureValider', 'candidature { id }', { candidatureId });
    await faire('siege', 'candidatureDecider', 'candidature { id }', {
      candidatureId,
      sens: 'RETENUE',
      motif: 'Utile.',
      confirmations: [],
    });
    const { convention } = await faire('siege', 'conventionMasquesPreparer', 'convention { id }', {
      candidatureId,
      du: '2026-03-01',
      au: '2026-08-31',
      montant: '900.00',
      termes: { places: 3, ...valeurs },
    });
    const signature = { conventionId: (convention as Objet).id, signeeLe: '2026-02-02', qualite: 'direction' };
    await faire('association', 'conventionSigner', 'convention { id }', { ...signature, partie: 'PORTEUR' });
    await faire('siege', 'conventionSigner', 'convention { id }', { ...signature, partie: 'DEPARTEMENT' });
    await proposerVersement((convention as Objet).id);
  });

  const champs = ({ cout, contact, reserve }: { cout: boolean; contact: boolean; reserve: boolean }) => ({
    besoin: 'Un lieu',
    cout: cout ? valeurs.cout : null,
    contact: contact ? valeurs.contact : null,
    reserve: reserve ? 'Aucune' : null,
    etapes: [
      { libelle: 'Seconde', cout: cout ? valeurs.cout : null, contact: contact ? valeurs.contact : null },
      { libelle: 'Première', cout: null, contact: null },
    ],
  });

  it.each([
    ['association', { cout: true, contact: true, reserve: true }],
    ['siege', { cout: true, contact: true, reserve: false }],
    ['slai-lens', { cout: false, contact: true, reserve: true }],
    ['administrateur', { cout: false, contact: false, reserve: false }],
  ])('%s, of a candidature', async (compte, voit) => {
    expect(await seule(compte, CHAMPS, candidatureId)).toMatchObject({ champs: champs(voit) });
    expect(await seule(compte, `${ACTIONS} ${CHAMPS}`, candidatureId)).toMatchObject({ champs: champs(voit) });
    expect((await page(compte, CHAMPS)).find(({ id }) => id === candidatureId)).toMatchObject({ champs: champs(voit) });
  });

  it.each(['association-2', 'mds-lens', 'dpd'])('%s: nothing of it', async (compte) => {
    expect(await seule(compte, CHAMPS, candidatureId)).toBeNull();
    expect(await page(compte, CHAMPS)).toEqual([]);
  });

  it.each([
    ['association', { places: 3, cout: null, contact: valeurs.contact }],
    ['siege', { places: 3, ...valeurs }],
    ['slai-lens', { places: 3, cout: null, contact: valeurs.contact }],
    ['mds-lens', { places: 3, cout: null, contact: null }],
    ['administrateur', { places: 3, cout: null, contact: null }],
    ['slai-arras', undefined],
  ])('%s, of a signed convention', async (compte, termes) => {
    for (const selection of [TERMES, `${ACTIONS} ${TERMES}`]) {
      const document = `{ conventions(dispositif: "masques") { nodes { ${selection} } } }`;
      const { conventions } = await lire<{ conventions: { nodes: Objet[] } }>(gateway, compte, document);
      expect(conventions.nodes.map((c) => c['termes'])).toEqual(termes === undefined ? [] : [termes]);
    }
  });

  it.each([
    ['mds-lens', 2],
    ['referent-ase-lens', 0],
  ])('%s, by a right that the dispositif adds on its territories: %d versements', async (compte, totalCount) => {
    expect(await lire(gateway, compte, '{ versements { totalCount } }')).toEqual({ versements: { totalCount } });
  });

  it('tells a table that is not filled in from one that is empty', async () => {
    const sans = await creer('Masques', { besoin: 'Rien' });
    const vide = await creer('Masques', { besoin: 'Rien', etapes: [] });
    for (const [id, etapes] of [
      [sans, null],
      [vide, []],
    ] as const) {
      expect(await seule('association', CHAMPS, id)).toMatchObject({ champs: { etapes } });
    }
  });
});

describe('Where a dispositif has been switched off, what is in flight may be finished', () => {
  it('each candidature says it for itself', async () => {
    gateway.horloge.avancerA('2026-02-03T09:00:00+01:00');
    const desactivation = { dispositif: 'coordo-ase', territoires: ['LENS_LIEVIN'], enCours: 'TERMINER' };
    await faire('administrateur', 'dispositifDesactiver', 'dispositif { code }', desactivation);
    const lues = await page('association', `etat ${ACTIONS}`, 'first: 20, dispositif: "coordo-ase"');
    const ouvertes = lues.map(({ etat, actionsPossibles }) => [
      etat,
      (actionsPossibles as { action: string; possible: boolean }[]).filter((a) => a.possible).map((a) => a.action),
    ]);
    expect(ouvertes).toEqual([
      ['VALIDEE', []],
      ['CONVENTIONNEE', []],
      ['DEPOSEE', ['VALIDER', 'ABANDONNER']],
      ['BROUILLON', ['ABANDONNER']],
    ]);
  });
});
