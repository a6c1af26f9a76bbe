import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
});
afterAll(() => gateway?.arreter());

describe('territories and communes, as a partner sees them', () => {
  test('the nine territories of the 62, the two of the other département', async () => {
    const codes = async (compte: string): Promise<string[]> => {
      const { data } = await gateway.requete<{ territoires: { code: string }[] }>(compte, '{ territoires { code } }');
      return (data?.territoires ?? []).map((t) => t.code);
    };
    expect(await codes('mission-locale-lens')).toHaveLength(9);
    expect(await codes('association-99')).toEqual(['RIVE_NORD', 'RIVE_SUD']);
  });

  test('a commune, its territory and where that comes from', async () => {
    const document = `query ($nom: String!) { territoire(code: "calais") { id code libelle }
      communes(recherche: $nom, first: 2) { nodes { code nom epci { nom } territoire { code } rattachements { du au statut } }
        pageInfo { hasNextPage } } }`;
    const { data, errors } = await gateway.requete('association', document, { nom: 'saint-omer' });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      territoire: { code: 'CALAISIS', libelle: 'Calaisis' },
      communes: {
        nodes: [
          {
            code: '62765',
            nom: 'Saint-Omer',
            territoire: { code: 'AUDOMAROIS' },
            rattachements: [{ du: '2026-01-01', au: null, statut: 'PROPOSITION' }],
          },
          { code: '62766', nom: 'Saint-Omer-Capelle', territoire: { code: 'CALAISIS' } },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
  });

  test('the administrator amends a commune; nobody else, and nobody of another département', async () => {
    const document = `mutation ($input: CommuneRattacherInput!) { communeRattacher(input: $input) {
      commune { territoire { code } } errors { code path regle } clientMutationId } }`;
    const input = {
      commune: '62063',
      territoire: 'Ternois',
      du: '2026-09-01',
      source: 'Essai',
      clientMutationId: 'c1',
    };
    const amender = async (compte: string) =>
      (await gateway.requete(compte, document, { input })).data?.['communeRattacher'];
    expect(await amender('administrateur')).toEqual({
      commune: { territoire: { code: 'TERNOIS' } },
      errors: [],
      clientMutationId: 'c1',
    });
    expect(await amender('siege')).toMatchObject({ commune: null, errors: [{ code: 'ACTION_INTERDITE' }] });
    expect(await amender('administrateur-99')).toMatchObject({
      commune: null,
      errors: [{ code: 'INTROUVABLE', path: ['input', 'commune'] }],
    });
  });
});

describe('structures and services', () => {
  test('the nine missions locales and the offices of a territory', async () => {
    const { data } = await gateway.requete(
      'slai-lens',
      '{ structures(nature: MISSION_LOCALE) { nodes { siret } } services(type: SLAI) { libelle territoire { code } } }',
    );
    expect(data).toMatchObject({ structures: { nodes: Array.from({ length: 9 }, () => ({ siret: null })) } });
    expect(data?.['services']).toContainEqual({ libelle: 'SLAI de Lens-Liévin', territoire: { code: 'LENS_LIEVIN' } });
  });

  test('a structure is created with a SIRET that holds, once', async () => {
    const document = `mutation ($input: StructureEnregistrerInput!) { structureEnregistrer(input: $input) {
      structure { id siret territoires { code } } errors { code path } } }`;
    const input = {
      raisonSociale: 'Association Essai',
      nature: 'ASSOCIATION',
      siret: '000 000 109 00017',
      territoires: ['Artois'],
    };
    const enregistrer = async (valeurs: object) =>
      (await gateway.requete('administrateur', document, { input: { ...input, ...valeurs } })).data?.[
        'structureEnregistrer'
      ];
    expect(await enregistrer({ siret: '00000010900018' })).toMatchObject({
      errors: [{ code: 'SIRET_INVALIDE', path: ['input', 'siret'] }],
    });
    const creee = await enregistrer({});
    expect(creee).toMatchObject({
      errors: [],
      structure: { siret: '00000010900017', territoires: [{ code: 'ARTOIS' }] },
    });
    expect(await enregistrer({ raisonSociale: 'Autre' })).toMatchObject({
      structure: null,
      errors: [{ code: 'DOUBLON' }],
    });
    const { id } = (creee as { structure: { id: string } }).structure;
    const lue = await gateway.requete('association-99', 'query ($id: ID!) { structure(id: $id) { siret } }', { id });
    expect(lue).toEqual({ data: { structure: null } });
  });
});
