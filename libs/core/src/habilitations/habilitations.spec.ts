import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { ErreurMetier } from '@sillage/kernel';
import { type Banc, monterBanc } from '../../test/banc.js';
import { idOpaque } from '../api/index.js';

let banc: Banc;
let admin: ContexteActeur;
let rang = 0;

beforeAll(async () => {
  banc = await monterBanc();
  admin = await banc.acteur('ADMINISTRATEUR');
});
afterAll(() => banc?.fermer());

describe('moi', () => {
  test('tells who one is, and what counts today', async () => {
    const slai = await banc.acteur('SLAI', { territoires: ['TERNOIS', 'ARTOIS'], dispositifs: ['essai'] });
    expect(await moi(slai)).toEqual({
      libelle: 'SLAI d’essai',
      habilitations: {
        nodes: [
          {
            role: 'SLAI',
            structure: null,
            territoires: [{ code: 'ARTOIS' }, { code: 'TERNOIS' }],
            dispositifs: ['essai'],
            du: '2026-02-02',
            au: null,
          },
        ],
      },
    });
    const porteur = await banc.acteur('ASSOCIATION');
    const { habilitations } = await moi(porteur);
    expect(habilitations.nodes).toMatchObject([
      { role: 'ASSOCIATION', structure: { raisonSociale: 'Structure d’essai' } },
    ]);
  });
});

describe('habilitationAccorder', () => {
  test('makes the person known once, and entitles them', async () => {
    const sub = nouveau();
    const { errors, habilitation } = await accorder({
      sub,
      role: 'SLAI',
      territoires: ['béthune'],
      dispositifs: ['essai'],
    });
    expect(errors).toEqual([]);
    expect(habilitation).toMatchObject({
      role: 'SLAI',
      territoires: [{ code: 'ARTOIS' }],
      dispositifs: ['essai'],
      du: '2026-02-02',
      enVigueur: true,
      revoqueeLe: null,
      utilisateur: { sub, libelle: 'Camille Essai' },
    });
    const suite = await accorder({ sub, role: 'SIEGE', libelle: 'Autre nom', du: '2026-03-01', au: '2026-03-31' });
    expect(suite.habilitation).toMatchObject({ enVigueur: false, utilisateur: { libelle: 'Camille Essai' } });
    expect(suite.habilitation?.utilisateur.id).toBe(habilitation?.utilisateur.id);
    const utilisateurId = suite.habilitation!.utilisateur.id;
    expect(await roles(admin, { utilisateurId })).toEqual(['SIEGE', 'SLAI']);
    expect(await roles(admin, { utilisateurId, enVigueur: true })).toEqual(['SLAI']);
  });

  test('writes in the journal ids and codes, and no name', async () => {
    await banc.vider('journal');
    const sub = nouveau();
    await accorder({ sub, role: 'SIEGE' });
    const lignes = await banc.lignes('62', 'select action, regles, details from sillage.journal order by id');
    expect(lignes).toMatchObject([
      { action: 'UTILISATEUR_CREER', regles: ['TRANS-29'] },
      { action: 'HABILITATION_ACCORDER', regles: ['TRANS-29'], details: { role: 'SIEGE', du: '2026-02-02' } },
    ]);
    expect(JSON.stringify(lignes)).not.toContain('Camille');
    expect(JSON.stringify(lignes)).not.toContain(sub);
  });

  test.each([
    [{ role: 'SLAI' }, 'CHAMP_OBLIGATOIRE', ['input', 'territoires']],
    [{ role: 'ASSOCIATION' }, 'CHAMP_OBLIGATOIRE', ['input', 'structureId']],
    [{ role: 'SIEGE', territoires: ['ARTOIS'] }, 'VALEUR_INVALIDE', ['input', 'territoires']],
    [{ role: 'SLAI', territoires: ['Nulle part'] }, 'INTROUVABLE', ['input', 'territoires', '0']],
    [{ role: 'SIEGE', dispositifs: ['essai', 'inconnu'] }, 'DISPOSITIF_INCONNU', ['input', 'dispositifs', '1']],
    [{ role: 'SIEGE', au: '2026-02-01' }, 'PERIODE_INVALIDE', ['input', 'au']],
    [{ role: 'SIEGE', iss: 'pas une adresse' }, 'VALEUR_INVALIDE', ['input', 'iss']],
  ])('refuses %j, and then knows nobody new', async (input, code, path) => {
    const sub = nouveau();
    expect((await accorder({ sub, ...input })).errors).toMatchObject([{ code, path }]);
    expect(await banc.lignes('62', 'select 1 from sillage.utilisateur where sub = $1', [sub])).toEqual([]);
  });

  test('nobody entitles oneself, and only an administrator of everything entitles others', async () => {
    const { iss, sub } = admin.acteur;
    expect((await accorder({ iss, sub, role: 'SIEGE' })).errors).toMatchObject([
      { code: 'AUTEUR_VALIDEUR_IDENTIQUES', path: ['input', 'sub'] },
    ]);
    const refuses = [await banc.acteur('SIEGE'), await banc.acteur('ADMINISTRATEUR', { dispositifs: ['essai'] })];
    for (const qui of refuses) {
      expect((await accorder({ sub: nouveau(), role: 'SIEGE' }, qui)).errors).toMatchObject([{ code: 'INTROUVABLE' }]);
    }
  });

  test('another département’s structure does not exist', async () => {
    const { acteur } = await banc.acteur('ASSOCIATION', { departementId: '99' });
    const structureId = idOpaque('Structure', acteur.habilitations[0]!.structureId!);
    expect((await accorder({ sub: nouveau(), role: 'ASSOCIATION', structureId })).errors).toMatchObject([
      { code: 'INTROUVABLE', path: ['input', 'structureId'] },
    ]);
  });

  test('two administrators at the same time make one person; the same key makes one habilitation', async () => {
    const sub = nouveau();
    const autre = await banc.acteur('ADMINISTRATEUR');
    const reponses = await Promise.all([
      accorder({ sub, role: 'SIEGE' }),
      accorder({ sub, role: 'SLAI', territoires: ['ARTOIS'] }, autre),
    ]);
    expect(reponses.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await banc.lignes('62', 'select 1 from sillage.utilisateur where sub = $1', [sub])).toHaveLength(1);
    const input = { sub: nouveau(), role: 'SIEGE', clientMutationId: sub };
    const [une, deux] = await Promise.all([accorder(input), accorder(input)]);
    expect(une?.habilitation?.id).toBe(deux?.habilitation?.id);
  });
});

describe('habilitationRevoquer', () => {
  test('once, with a reason, and it stays for memory', async () => {
    const { habilitation } = await accorder({ sub: nouveau(), role: 'SIEGE' });
    const id = habilitation!.id;
    expect((await revoquer({ id, motif: ' ' })).errors).toMatchObject([
      { code: 'VALEUR_INVALIDE', path: ['input', 'motif'] },
    ]);
    expect(await revoquer({ id, motif: 'Fin de mission' })).toMatchObject({
      errors: [],
      habilitation: { enVigueur: false, revoqueeLe: '2026-02-02T08:00:00Z' },
    });
    expect((await revoquer({ id, motif: 'Fin de mission' })).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);
    expect(await roles(admin, { utilisateurId: habilitation!.utilisateur.id })).toEqual(['SIEGE']);
    expect(await roles(admin, { utilisateurId: habilitation!.utilisateur.id, enVigueur: true })).toEqual([]);
  });

  test('not across départements, nor by others', async () => {
    const { habilitation } = await accorder({ sub: nouveau(), role: 'SIEGE' });
    const demande = { id: habilitation!.id, motif: 'Par erreur' };
    for (const qui of [await banc.acteur('ADMINISTRATEUR', { departementId: '99' }), await banc.acteur('SIEGE')]) {
      expect((await revoquer(demande, qui)).errors).toMatchObject([{ code: 'INTROUVABLE' }]);
    }
  });
});

describe('utilisateurs and habilitations', () => {
  test('are the administrator’s; others read their own', async () => {
    const siege = await banc.acteur('SIEGE');
    expect(await banc.demander(siege, '{ utilisateurs { nodes { id } } }')).toEqual({ utilisateurs: { nodes: [] } });
    expect(await roles(siege, {})).toEqual(['SIEGE']);
    const autre = idOpaque('Utilisateur', admin.acteur.utilisateurId);
    expect(await roles(siege, { utilisateurId: autre })).toEqual([]);

    const liste = '{ utilisateurs(first: 100) { nodes { libelle habilitations { nodes { role } } } } }';
    const { utilisateurs } = await banc.demander<{ utilisateurs: { nodes: object[] } }>(admin, liste);
    expect(utilisateurs.nodes).toContainEqual({
      libelle: 'SIEGE d’essai',
      habilitations: { nodes: [{ role: 'SIEGE' }] },
    });
    const [{ n }] = (await banc.lignes<{ n: number }>('62', 'select count(*)::int as n from sillage.utilisateur')) as [
      { n: number },
    ];
    expect(utilisateurs.nodes).toHaveLength(n);
  });
});

describe('what is read of people', () => {
  test('oneself under any alias, whatever the role; nobody else but for the administrator', async () => {
    const siege = await banc.acteur('SIEGE');
    const id = idOpaque('Utilisateur', siege.acteur.utilisateurId);
    expect(
      await banc.demander(siege, '{ moi { id nom: libelle } soi: moi { libelle habilitations { totalCount } } }'),
    ).toEqual({
      moi: { id, nom: 'SIEGE d’essai' },
      soi: { libelle: 'SIEGE d’essai', habilitations: { totalCount: 1 } },
    });
    const limite = await banc.acteur('ADMINISTRATEUR', { dispositifs: ['essai'] });
    const liste = '{ utilisateurs { totalCount } habilitations { nodes { utilisateur { libelle } } } }';
    expect(await banc.demander(limite, liste)).toEqual({
      utilisateurs: { totalCount: 0 },
      habilitations: { nodes: [{ utilisateur: { libelle: 'ADMINISTRATEUR d’essai' } }] },
    });
    const ailleurs = await banc.acteur('ADMINISTRATEUR', { departementId: '99' });
    expect(await roles(ailleurs, { utilisateurId: id })).toEqual([]);
    expect(await roles(admin, { utilisateurId: id })).toEqual(['SIEGE']);
  });

  test.each(['n’importe quoi', idOpaque('Structure', '01890000-0000-7000-8000-000000000000')])(
    'a person who cannot be is refused: %s',
    async (utilisateurId) => {
      await expect(roles(admin, { utilisateurId })).rejects.toMatchObject({
        erreurs: [{ code: 'INTROUVABLE', path: ['utilisateurId'] }],
      });
    },
  );

  test('since when: their arrival, or the last that happened to a role', async () => {
    const { habilitation } = await accorder({ sub: nouveau(), role: 'SIEGE' });
    banc.horloge.avancerA('2026-02-03T09:00:00+01:00');
    const document = `query ($id: ID!, $depuis: Horodatage!) { habilitations(utilisateurId: $id, updatedSince: $depuis) { nodes { id } }
      utilisateurs(updatedSince: $depuis) { nodes { id } } }`;
    const variables = { id: habilitation!.utilisateur.id, depuis: '2026-02-03T08:00:00Z' };
    const lire = () =>
      banc.demander<{ habilitations: { nodes: object[] }; utilisateurs: { nodes: { id: string }[] } }>(
        admin,
        document,
        variables,
      );
    expect((await lire()).habilitations.nodes).toEqual([]);
    await revoquer({ id: habilitation!.id, motif: 'Fin de mission' });
    const lues = await lire();
    expect(lues.habilitations.nodes).toEqual([{ id: habilitation!.id }]);
    expect(lues.utilisateurs.nodes.map(({ id }) => id)).not.toContain(variables.id);
  });
});

interface Reponse {
  errors: ErreurMetier[];
  habilitation: { id: string; utilisateur: { id: string } } | null;
}

const REPONSE = `{ errors { code message path regle } habilitation { id role territoires { code } dispositifs du au enVigueur
  revoqueeLe utilisateur { id sub libelle } } }`;

async function accorder(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: HabilitationAccorderInput!) { r: habilitationAccorder(input: $input) ${REPONSE} }`;
  const parDefaut = { iss: 'https://identite.essai', libelle: 'Camille Essai' };
  return (await banc.demander<{ r: Reponse }>(qui, document, { input: { ...parDefaut, ...input } })).r;
}

async function revoquer(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: HabilitationRevoquerInput!) { r: habilitationRevoquer(input: $input) ${REPONSE} }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input })).r;
}

async function roles(qui: ContexteActeur, args: object): Promise<string[]> {
  const document = `query ($utilisateurId: ID, $enVigueur: Boolean) {
    habilitations(utilisateurId: $utilisateurId, enVigueur: $enVigueur) { nodes { role } } }`;
  const reponse = await banc.demander<{ habilitations: { nodes: { role: string }[] } }>(qui, document, { ...args });
  return reponse.habilitations.nodes.map(({ role }) => role);
}

interface Moi {
  libelle: string;
  habilitations: { nodes: object[] };
}

async function moi(qui: ContexteActeur): Promise<Moi> {
  const document = `{ moi { libelle habilitations { nodes { role structure { raisonSociale } territoires { code } dispositifs du au } } } }`;
  return (await banc.demander<{ moi: Moi }>(qui, document)).moi;
}

function nouveau(): string {
  rang += 1;
  return `personne-${rang}`;
}
