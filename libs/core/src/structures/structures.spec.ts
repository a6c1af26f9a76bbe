import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { ErreurMetier, Role } from '@sillage/kernel';
import { v7 as uuidv7 } from 'uuid';
import { type Banc, monterBanc } from '../../test/banc.js';
import { idOpaque } from '../api/index.js';
import { idStable } from '../referentiel/index.js';

let banc: Banc;
let admin: ContexteActeur;
let slai: ContexteActeur;
let ailleurs: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc({ referentiel: true });
  admin = await banc.acteur('ADMINISTRATEUR');
  slai = await banc.acteur('SLAI');
  ailleurs = await banc.acteur('SIEGE', { departementId: '99' });
});
afterAll(() => banc?.fermer());

const input = {
  raisonSociale: 'Association Essai',
  nature: 'ASSOCIATION',
  siret: '000 000 018 00010',
  commune: '62041',
  territoires: ['Arrageois', 'TERNOIS', 'arrageois'],
};

describe('structures', () => {
  test('lists the nine missions locales, filters and pages them', async () => {
    const nature = 'MISSION_LOCALE';
    const toutes = await structures({ nature });
    expect(toutes.nodes).toHaveLength(9);
    expect(toutes.totalCount).toBe(9);
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await structures({ nature, first: 4, after });
      pages.push(...nodes.map((s) => s.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual(toutes.nodes.map((s) => s.id));
    expect([...pages].sort().reverse()).toEqual(pages);

    const duCalaisis = await structures({ territoire: 'Calais' });
    expect(duCalaisis.nodes.map((s) => [s.raisonSociale, s.siret, s.territoires.map((t) => t.code)])).toEqual([
      ['La Fabrique Défi', null, ['CALAISIS']],
    ]);
    expect((await structures({ updatedSince: '2026-02-02T09:00:00+01:00' })).nodes).toHaveLength(9);
    expect((await structures({ updatedSince: '2026-02-02T09:00:01+01:00' })).nodes).toHaveLength(0);
  });

  test.each([
    ['henin carvin', 1],
    ['fabrique defi', 1],
    ['%', 0],
    ['mission locale de l’ARTOIS', 1],
    // Nothing to look for: no SIRET begins by nothing, and yet all are there.
    [' ', 9],
    ['', 9],
  ])('a search for «%s» finds %i', async (recherche, nombre) => {
    expect((await structures({ recherche })).nodes).toHaveLength(nombre);
  });

  test.each([
    [{ updatedSince: 'hier' }, 'VALEUR_INVALIDE', ['updatedSince']],
    [{ territoire: 'Flandre' }, 'INTROUVABLE', ['territoire']],
    [{ territoire: 'Flandre', nature: 'BAILLEUR' }, 'INTROUVABLE', ['territoire']],
  ])('refuses %j', async (args, code, path) => {
    await expect(structures(args)).rejects.toMatchObject({ erreurs: [{ code, path }] });
  });

  test('a cursor is good for its list alone', async () => {
    const { accompagnements } = await banc.demander<{ accompagnements: { pageInfo: { endCursor: string | null } } }>(
      admin,
      '{ accompagnements { pageInfo { endCursor } } }',
    );
    expect(accompagnements.pageInfo.endCursor).toBeNull();
    const after = Buffer.from(JSON.stringify(['appels', uuidv7()])).toString('base64url');
    await expect(structures({ after })).rejects.toMatchObject({ erreurs: [{ code: 'CURSEUR_INVALIDE' }] });
  });

  test('one structure by id; nothing for another tenant, and a foreign id is not found', async () => {
    const id = idOpaque('Structure', idStable('62', 'Structure', 'ML-05'));
    expect((await structure(slai, id))?.raisonSociale).toBe('La Fabrique Défi');
    expect(await structure(ailleurs, id)).toBeNull();
    expect(await structure(slai, 'n’importe quoi')).toBeNull();
    expect(await structure(slai, '')).toBeNull();
  });
});

describe('structureEnregistrer', () => {
  test('creates, corrects, and refuses a second structure with the same SIRET', async () => {
    const creee = await enregistrer(input);
    expect(creee).toMatchObject({
      errors: [],
      structure: {
        siret: '00000001800010',
        commune: '62041',
        territoires: [{ code: 'ARRAGEOIS' }, { code: 'TERNOIS' }],
      },
    });
    const id = creee.structure?.id;
    const corrigee = await enregistrer({ ...input, id, territoires: ['Artois'] });
    expect(corrigee.structure).toMatchObject({ id, territoires: [{ code: 'ARTOIS' }] });
    expect((await structures({ recherche: '0000000 18' })).nodes).toMatchObject([{ id }]);

    const doublon = await enregistrer({ ...input, raisonSociale: 'Autre' });
    expect(doublon).toMatchObject({ structure: null, errors: [{ code: 'DOUBLON', path: ['input', 'siret'] }] });
  });

  test('completes the SIRET of a mission locale', async () => {
    const id = idOpaque('Structure', idStable('62', 'Structure', 'ML-02'));
    const reponse = await enregistrer({
      ...{ id, raisonSociale: 'Mission Locale de l’Artois', nature: 'MISSION_LOCALE' },
      ...{ siret: '00000012500013', territoires: ['ARTOIS'] },
    });
    expect(reponse.structure).toMatchObject({ id, siret: '00000012500013' });
  });

  test("accepts La Poste's own check digits", async () => {
    const poste = { ...input, raisonSociale: 'Bureau de poste d’essai', siret: '35600000000052' };
    expect((await enregistrer(poste)).errors).toMatchObject([{ code: 'SIRET_INVALIDE' }]);
    expect((await enregistrer({ ...poste, siret: '35600000000051' })).errors).toEqual([]);
  });

  test.each([
    ['a wrong check digit', { siret: '00000001800011' }, 'SIRET_INVALIDE', ['siret']],
    ['no territory', { territoires: [] }, 'VALEUR_INVALIDE', ['territoires']],
    ['an unknown territory', { territoires: ['ARTOIS', 'Flandre'] }, 'INTROUVABLE', ['territoires', '1']],
    ['an unknown commune', { commune: '59350' }, 'INTROUVABLE', ['commune']],
    ['an empty name', { raisonSociale: ' ' }, 'VALEUR_INVALIDE', ['raisonSociale']],
    ['a structure that does not exist', { id: idOpaque('Structure', uuidv7()) }, 'INTROUVABLE', ['id']],
    ['an id of something else', { id: idOpaque('Territoire', uuidv7()) }, 'INTROUVABLE', ['id']],
  ])('%s is refused with its path', async (_cas, faute, code, path) => {
    const reponse = await enregistrer({ ...input, siret: '00000010900017', ...faute });
    expect(reponse).toMatchObject({ structure: null, errors: [{ code, path: ['input', ...path] }] });
  });

  test.each(['00000011700010', '00000008300014', '00000009100017'])(
    '%s entered ten times at once makes one structure',
    async (siret) => {
      const reponses = await Promise.all(Array.from({ length: 10 }, () => enregistrer({ ...input, siret })));
      expect(reponses.filter((r) => r.structure !== null)).toHaveLength(1);
      expect(reponses.flatMap((r) => r.errors.map((e) => e.code))).toEqual(Array.from({ length: 9 }, () => 'DOUBLON'));
    },
  );

  test('the same request sent again with its key makes one structure', async () => {
    const demande = { ...input, siret: '00000005900014', clientMutationId: 'cle-1' };
    const un = await enregistrer(demande);
    const deux = await enregistrer(demande);
    expect(un.errors).toEqual([]);
    expect(deux).toEqual(un);
  });

  test.each<Role>(['SIEGE', 'SLAI', 'ASSOCIATION'])('%s may not', async (role) => {
    const reponse = await enregistrer({ ...input, siret: '00000012500013' }, await banc.acteur(role));
    expect(reponse).toMatchObject({ structure: null, errors: [{ code: 'ACTION_INTERDITE' }] });
  });
});

describe('services', () => {
  test('the head office first, then four in each territory', async () => {
    const tous = await services(slai);
    expect(tous).toHaveLength(37);
    expect(tous.slice(0, 2).map((s) => [s.type, s.libelle, s.territoire?.code ?? null])).toEqual([
      ['SIEGE', 'Siège du Département (DPID)', null],
      ['ASE', 'Service de l’ASE de l’Arrageois', 'ARRAGEOIS'],
    ]);
    const lieux = tous.map((s) => s.territoire?.code ?? '');
    expect([...lieux].sort()).toEqual(lieux);
    const slais = await services(slai, 'SLAI');
    expect(slais.map((s) => s.libelle)).toContain('SLAI d’Hénin-Carvin');
    expect(slais.every(({ type }) => type === 'SLAI')).toBe(true);
    expect(await services(ailleurs)).toEqual([]);
  });
});

interface Structure {
  id: string;
  raisonSociale: string;
  siret: string | null;
  territoires: { code: string }[];
}

interface Page {
  nodes: Structure[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Service {
  type: string;
  libelle: string;
  territoire: { code: string } | null;
}

interface Reponse {
  errors: ErreurMetier[];
  structure: Structure | null;
}

const STRUCTURE = '{ id raisonSociale nature siret commune territoires { id code } creeLe modifieLe }';

async function structures(args: object): Promise<Page> {
  const document = `query ($nature: NatureStructure, $territoire: String, $recherche: String, $updatedSince: Horodatage,
      $first: Int, $after: String) {
    structures(nature: $nature, territoire: $territoire, recherche: $recherche, updatedSince: $updatedSince,
      first: $first, after: $after) { nodes ${STRUCTURE} totalCount pageInfo { hasNextPage endCursor } } }`;
  return (await banc.demander<{ structures: Page }>(slai, document, { ...args })).structures;
}

async function structure(qui: ContexteActeur, id: string): Promise<Structure | null> {
  const document = `query ($id: ID!) { structure(id: $id) ${STRUCTURE} }`;
  return (await banc.demander<{ structure: Structure | null }>(qui, document, { id })).structure;
}

async function enregistrer(valeurs: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: StructureEnregistrerInput!) {
    r: structureEnregistrer(input: $input) { errors { code message path regle } structure ${STRUCTURE} } }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input: valeurs })).r;
}

async function services(qui: ContexteActeur, type: string | null = null): Promise<Service[]> {
  const document = 'query ($type: TypeService) { services(type: $type) { id type libelle territoire { code } } }';
  return (await banc.demander<{ services: Service[] }>(qui, document, { type })).services;
}
