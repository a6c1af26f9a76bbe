import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { construireDroits, type ContexteActeur } from '@sillage/access';
import { type Banc, monterBanc } from '../../test/banc.js';

let banc: Banc;
let porteur: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc();
  porteur = await banc.acteur('ASSOCIATION');
});
afterAll(() => banc?.fermer());

describe('dispositifs', () => {
  test('are read by anybody who is entitled, with the forms that they declare', async () => {
    const document = `{ dispositifs { code libelle version textes candidatureSchema termesSchema
      versements { tranche } echeances { code } indicateurs { code } } }`;
    expect(await banc.demander(porteur, document)).toEqual({
      dispositifs: [
        {
          code: 'essai',
          libelle: 'Mesure d’essai',
          version: '1',
          textes: ['Texte d’essai'],
          candidatureSchema: expect.objectContaining({
            type: 'object',
            required: ['besoin'],
            properties: { besoin: expect.objectContaining({ type: 'string', title: 'Besoin' }) },
          }),
          termesSchema: expect.objectContaining({ required: ['places'] }),
          versements: [],
          echeances: [],
          indicateurs: [],
        },
      ],
    });
  });

  test('an unknown code is null', async () => {
    expect(await banc.demander(porteur, '{ dispositif(code: "inconnu") { code } }')).toEqual({ dispositif: null });
  });

  test('who holds nothing sees none', async () => {
    const acteur = { ...porteur.acteur, habilitations: [] };
    const personne = { ...porteur, acteur, droits: construireDroits(acteur) };
    expect(await banc.demander(personne, '{ dispositifs { code } dispositif(code: "essai") { code } }')).toEqual({
      dispositifs: [],
      dispositif: null,
    });
  });

  test('activations are pages, newest first, within the département', async () => {
    const admin = await banc.acteur('ADMINISTRATEUR');
    for (const territoire of ['ARTOIS', 'CALAISIS', 'TERNOIS']) {
      const document =
        'mutation ($input: DispositifActiverInput!) { dispositifActiver(input: $input) { errors { code } } }';
      await banc.demander(admin, document, { input: { dispositif: 'essai', territoires: [territoire] } });
    }
    const page = `{ dispositif(code: "essai") { activations(ARGS) { nodes { territoire { code } } pageInfo { hasNextPage endCursor } } } }`;
    const lire = async (args: string) => {
      const reponse = await banc.demander<Page>(porteur, page.replace('ARGS', args));
      const { nodes, pageInfo } = reponse.dispositif.activations;
      return { codes: nodes.map(({ territoire }) => territoire.code), ...pageInfo };
    };
    const premiere = await lire('first: 2');
    expect(premiere).toMatchObject({ codes: ['TERNOIS', 'CALAISIS'], hasNextPage: true });
    expect(await lire(`first: 2, after: "${premiere.endCursor}"`)).toMatchObject({
      codes: ['ARTOIS'],
      hasNextPage: false,
    });
    expect((await lire('updatedSince: "2026-02-02T08:00:01Z"')).codes).toEqual([]);
    expect((await lire('enVigueur: true')).codes).toHaveLength(3);
    banc.horloge.avancerA('2026-02-01T00:00:00+01:00');
    expect((await lire('enVigueur: true')).codes).toEqual([]);
    const refus = await banc.refuser(porteur, page.replace('ARGS', 'first: 101'));
    expect(refus[0]?.message).toContain('PAGE_TROP_GRANDE');
  });

  test('activations are read for each dispositif, under each alias, as it asks', async () => {
    banc.horloge.avancerA('2026-02-02T09:00:00+01:00');
    const document = `query ($n: Int) {
      dispositifs { code activations { totalCount } }
      un: dispositif(code: "essai") { activations(first: $n) { nodes { code: dispositif lieu: territoire { code } etat } } }
      deux: dispositif(code: "essai") { a: activations(last: 1) { totalCount edges { cursor node { du au } } }
        b: activations(enVigueur: true, first: 1) { nodes { enCours } } } }`;
    const lieu = { code: 'TERNOIS' };
    expect(await banc.demander(porteur, document, { n: 1 })).toMatchObject({
      dispositifs: [{ code: 'essai', activations: { totalCount: 3 } }],
      un: { activations: { nodes: [{ code: 'essai', lieu, etat: 'EN_VIGUEUR' }] } },
      deux: {
        a: { totalCount: 3, edges: [{ node: { du: '2026-02-02T08:00:00Z', au: null } }] },
        b: { nodes: [{ enCours: 'TERMINER' }] },
      },
    });
    const ailleurs = await banc.acteur('SIEGE', { departementId: '99' });
    expect(await banc.demander(ailleurs, document, { n: 2 })).toMatchObject({
      dispositifs: [{ activations: { totalCount: 0 } }],
      un: { activations: { nodes: [] } },
    });
  });
});

interface Page {
  dispositif: {
    activations: {
      nodes: { territoire: { code: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
}
