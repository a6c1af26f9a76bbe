import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { RegistreJobs } from '@sillage/jobs';
import { UniteDeTravail } from '@sillage/persistence';
import { avecClient } from '../../support/base-essai.js';
import { codes, faire } from '../../support/chaine-de-paiement.js';
import { multiplierConvention } from '../../support/conventions-en-nombre.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import {
  activer,
  idsDeBase,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../../support/parcours-coordo-ase.js';
import { noterAttaque } from '../bilan.js';

/** The longest that may be configured. */
const TTL_SECONDES = 60;
const LISTE = 'query Liste { structures(first: 2) { nodes { id } } }';

let gateway: GatewayEssai;
let appelId = '';
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs, env: { HABILITATIONS_TTL_SECONDES: `${TTL_SECONDES}` } });
  await activer(gateway);
  ({ appelId } = await idsDeBase(gateway));
});
afterAll(() => gateway?.arreter());

interface HabilitationLue {
  readonly id: string;
  readonly role: string;
  readonly utilisateur: { readonly libelle: string };
}

/** Takes away all that somebody of that label holds. */
async function revoquer(libelle: string): Promise<void> {
  const document = '{ habilitations(first: 100, enVigueur: true) { nodes { id role utilisateur { libelle } } } }';
  const { habilitations } = await lire<{ habilitations: { nodes: HabilitationLue[] } }>(
    gateway,
    'administrateur',
    document,
  );
  const siennes = habilitations.nodes.filter(({ utilisateur }) => utilisateur.libelle === libelle);
  expect(siennes).toHaveLength(1);
  for (const { id } of siennes) {
    await faire(gateway, 'administrateur', 'habilitationRevoquer', 'habilitation { revoqueeLe }', {
      id,
      motif: 'Départ.',
    });
  }
}

describe('Une habilitation révoquée', () => {
  it('ne sert plus une minute plus tard, ni en lecture, par aucune voie, ni en écriture', async () => {
    const compte = 'slisl-lens';
    const lecture = async (entetes = {}): Promise<number> =>
      (await gateway.poster(compte, { query: LISTE }, entetes)).status;
    expect([await lecture(), await lecture()]).toEqual([200, 200]);
    await revoquer('SLISL de Lens-Liévin');
    gateway.horloge.avancerA(new Date(Date.parse(gateway.horloge.maintenant().toString()) + 60_000).toISOString());
    const mutation = 'mutation { candidatureDeposer(input: { candidatureId: "x" }) { errors { code } } }';
    const reponses = await Promise.all([
      gateway.poster(compte, { query: LISTE }),
      gateway.poster(compte, { query: LISTE }, { accept: 'application/json;q=1' }),
      gateway.poster(compte, { query: mutation }),
      gateway.poster(compte, { query: '{ __typename }' }),
    ]);
    const jamaisConnu = await gateway.poster(
      null,
      { query: LISTE },
      {
        authorization: `Bearer ${await gateway.emetteur.jeton('jamais-venu')}`,
      },
    );
    const attendu = await jamaisConnu.text();
    expect(attendu).toContain('NON_HABILITE');
    for (const reponse of reponses) {
      expect(reponse.status).toBe(403);
      // Gone and never known look the same.
      expect(await reponse.text()).toBe(attendu);
    }
    noterAttaque({ attaque: 'habilitation révoquée, dans l’API', tentatives: 4, tenues: 4 });
  });
});

describe('Une tâche dont le demandeur n’est plus habilité (AMB-197)', () => {
  const TACHE = 'id etat motif total faites termineeLe ecarts(first: 1) { totalCount }';
  interface TacheLue {
    readonly id: string;
    readonly etat: string;
    readonly motif: string | null;
    readonly total: number;
    readonly faites: number;
    readonly termineeLe: string | null;
    readonly ecarts: { readonly totalCount: number };
  }
  const demander = (compte: string) =>
    muter(gateway, compte, 'versementsRecalculer', `tache { ${TACHE} }`, { appelId, appliquer: true });
  const suivre = async (id: string): Promise<TacheLue> =>
    (await lire<{ tache: TacheLue }>(gateway, 'siege', `query ($id: ID!) { tache(id: $id) { ${TACHE} } }`, { id }))
      .tache;

  /** One page, as a worker does it. */
  async function avancer(id: string): Promise<void> {
    const job = gateway.app.get(RegistreJobs, { strict: false }).trouver('recalculs.avancer')!;
    const contexte = { departementId: '62', jobId: '00000000-0000-7000-8000-000000000197' };
    await gateway.app
      .get(UniteDeTravail, { strict: false })
      .executer('62', (em) => job.executer(em, { tacheId: id.replace('Tache-', '') }, contexte));
  }

  it('s’arrête à la page suivante, dit pourquoi, garde ce qui est fait et laisse la place', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    await signerPourLeDepartement(gateway, conventionId);
    const COPIES = 600;
    await avecClient(gateway.base.urlAdmin, (client) =>
      multiplierConvention(client, conventionId.replace('Convention-', ''), COPIES),
    );
    const { tache, errors } = await demander('siege-2');
    expect(errors).toEqual([]);
    const { id, total } = tache as TacheLue;
    expect(total).toBe(COPIES + 1);
    await avancer(id);
    const enCours = await suivre(id);
    expect(enCours).toMatchObject({ etat: 'EN_COURS', motif: null, faites: 500, termineeLe: null });

    await revoquer('Second agent du siège');
    for (let page = 0; page < 2; page += 1) await avancer(id);
    const arretee = await suivre(id);
    expect(arretee).toMatchObject({ etat: 'ARRETEE', faites: 500, ecarts: enCours.ecarts });
    expect(arretee.motif).toMatch(/n’y est plus habilitée/);
    expect(arretee.termineeLe).not.toBeNull();
    const journal = await avecClient(gateway.base.urlAdmin, async (client) => {
      const { rows } = await client.query(
        `select acteur_type, objet_id, details from sillage.journal where action = 'tacheArreter'`,
      );
      return rows as unknown[];
    });
    expect(journal).toEqual([{ acteur_type: 'JOB', objet_id: id.replace('Tache-', ''), details: { faites: 500 } }]);

    const reprise = await demander('siege');
    expect(codes(reprise.errors)).toEqual([]);
    const { id: suivante } = reprise.tache as TacheLue;
    for (let page = 0; page < 2; page += 1) await avancer(suivante);
    expect(await suivre(suivante)).toMatchObject({ etat: 'TERMINEE', motif: null, faites: total });
    noterAttaque({ attaque: 'habilitation révoquée, dans une tâche', tentatives: 2, tenues: 2 });
  });

  it('s’arrête de même quand le rôle qui reste ne permet pas de la demander', async () => {
    const { tache, errors } = await demander('siege');
    expect(errors).toEqual([]);
    const { id } = tache as TacheLue;
    await avecClient(gateway.base.urlAdmin, (client) =>
      client.query(
        `update sillage.habilitation h set role = 'ADMINISTRATEUR' from sillage.utilisateur u
          where u.id = h.utilisateur_id and u.sub = 'siege'`,
      ),
    );
    await avancer(id);
    const etat = await avecClient(gateway.base.urlAdmin, async (client) => {
      const { rows } = await client.query(`select etat from sillage.tache where id = $1`, [id.replace('Tache-', '')]);
      return rows as unknown[];
    });
    expect(etat).toEqual([{ etat: 'ARRETEE' }]);
  });
});
