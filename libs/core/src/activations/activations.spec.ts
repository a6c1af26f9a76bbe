import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { finDuJour, type ErreurMetier, Temporal } from '@sillage/kernel';
import { RegistreJobs } from '@sillage/jobs';
import { v7 as uuidv7 } from 'uuid';
import { type Banc, monterBanc } from '../../test/banc.js';
import { AdministrationActivations } from './activation.administration.js';
import type { Geste } from './activation.regles.js';
import { ActivationService } from './activation.service.js';

const MATIN = '2026-02-02T09:00:00+01:00';
let banc: Banc;
let admin: ContexteActeur;
let autre: ContexteActeur;
let ailleurs: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc();
  admin = await banc.acteur('ADMINISTRATEUR');
  autre = await banc.acteur('ADMINISTRATEUR');
  ailleurs = await banc.acteur('ADMINISTRATEUR', { departementId: '99' });
});
afterAll(() => banc?.fermer());
beforeEach(async () => {
  banc.horloge.avancerA(MATIN);
  await banc.vider('activation', 'outbox', 'idempotence', 'journal');
});

describe('dispositifActiver', () => {
  test('switches on at once, on territories named by code, label or alias', async () => {
    const { errors, dispositif } = await activer({ territoires: ['béthune', 'TERNOIS', 'Artois'] });
    expect(errors).toEqual([]);
    expect(dispositif?.activations.nodes).toEqual(
      expect.arrayContaining([
        {
          territoire: { code: 'ARTOIS' },
          etat: 'EN_VIGUEUR',
          du: '2026-02-02T08:00:00Z',
          au: null,
          enCours: 'TERMINER',
        },
        {
          territoire: { code: 'TERNOIS' },
          etat: 'EN_VIGUEUR',
          du: '2026-02-02T08:00:00Z',
          au: null,
          enCours: 'TERMINER',
        },
      ]),
    );
    expect(dispositif?.activations.nodes).toHaveLength(2);
    expect(await permis('ARTOIS', 'TERNOIS')).toBe('OUI');
    expect(await permis('ARTOIS', 'CALAISIS')).toBe('NON');
    expect(await journal()).toEqual([
      { action: 'DISPOSITIF_ACTIVER', acteur: admin.acteur.utilisateurId, territoire: 'ARTOIS', regles: ['TRANS-01'] },
      { action: 'DISPOSITIF_ACTIVER', acteur: admin.acteur.utilisateurId, territoire: 'TERNOIS', regles: ['TRANS-01'] },
    ]);
  });

  test('dates are civil days in Paris, and take effect with no restart', async () => {
    await activer({ territoires: ['ARTOIS'], du: '2026-03-01', au: '2026-03-29' });
    expect(await permis('ARTOIS')).toBe('NON');
    banc.horloge.avancerA('2026-03-01T00:00:00+01:00');
    expect(await permis('ARTOIS')).toBe('OUI');
    banc.horloge.avancerA('2026-03-29T23:59:59+02:00');
    expect(await permis('ARTOIS')).toBe('OUI');
    banc.horloge.avancerA(finDuJour(Temporal.PlainDate.from('2026-03-29')));
    expect(await permis('ARTOIS')).toBe('NON');
  });

  test('all or nothing: refuses an overlap, and names where', async () => {
    await activer({ territoires: ['TERNOIS'], du: '2026-03-01' });
    const { errors, dispositif } = await activer({ territoires: ['ARTOIS', 'TERNOIS', 'CALAISIS'], au: '2026-03-01' });
    expect(dispositif).toBeNull();
    expect(errors).toEqual([
      {
        code: 'PERIODE_INVALIDE',
        message:
          '« Mesure d’essai » est déjà activé sur : Ternois (à partir du 1er mars 2026, sans fin prévue). Choisissez une autre période, ou désactivez-le d’abord.',
        path: ['input', 'territoires'],
        regle: 'TRANS-01',
      },
    ]);
    expect(await compter('activation')).toBe(1);
    expect((await activer({ territoires: ['TERNOIS'], au: '2026-02-28' })).errors).toEqual([]);
  });

  test.each([
    [{ dispositif: 'inconnu' }, 'DISPOSITIF_INCONNU', ['input', 'dispositif']],
    [{ territoires: ['ARTOIS', 'Nulle part'] }, 'INTROUVABLE', ['input', 'territoires', '1']],
    [{ territoires: [] }, 'CHAMP_OBLIGATOIRE', ['input', 'territoires']],
    [{ du: '2026-02-30' }, 'VALEUR_INVALIDE', ['input', 'du']],
    [{ du: '2026-02-01' }, 'PERIODE_INVALIDE', ['input', 'du']],
    [{ au: '2026-02-01' }, 'PERIODE_INVALIDE', ['input', 'au']],
  ])('refuses %j', async (input, code, path) => {
    expect((await activer({ territoires: ['ARTOIS'], ...input })).errors).toMatchObject([{ code, path }]);
    expect(await compter('activation')).toBe(0);
  });

  test('is the administrator’s, and only for the dispositifs that they hold', async () => {
    for (const role of ['SIEGE', 'SLAI', 'ASSOCIATION'] as const) {
      const { errors } = await activer({ territoires: ['ARTOIS'] }, await banc.acteur(role));
      expect(errors).toMatchObject([{ code: 'ACTION_INTERDITE' }]);
    }
    const limite = await banc.acteur('ADMINISTRATEUR', { dispositifs: ['un-autre'] });
    expect((await activer({ territoires: ['ARTOIS'] }, limite)).errors).toMatchObject([{ code: 'ACTION_INTERDITE' }]);
    const sien = await banc.acteur('ADMINISTRATEUR', { dispositifs: ['essai'] });
    expect((await activer({ territoires: ['ARTOIS'] }, sien)).errors).toEqual([]);
  });

  test('of two administrators at the same time one wins, and nothing is half written', async () => {
    for (let tour = 0; tour < 8; tour += 1) {
      await banc.vider('activation');
      const reponses = await Promise.all([
        activer({ territoires: ['ARTOIS', 'CALAISIS', 'TERNOIS'], du: '2026-03-01' }),
        activer({ territoires: ['TERNOIS', 'CALAISIS', 'ARTOIS'], au: '2026-06-01' }, autre),
      ]);
      expect(reponses.map(({ errors }) => errors.map(({ code }) => code)).sort()).toEqual([[], ['PERIODE_INVALIDE']]);
      expect(reponses.flatMap(({ errors }) => errors)[0]?.message).toContain('Artois (');
      expect(await compter('activation')).toBe(3);
      const auteurs = await banc.lignes('62', 'select distinct cree_par from sillage.activation');
      expect(auteurs).toHaveLength(1);
    }
  });

  test('the same key has one effect, also in parallel', async () => {
    const input = { territoires: ['ARTOIS'], clientMutationId: 'cle-1' };
    const reponses = await Promise.all([activer(input), activer(input), activer(input)]);
    for (const { errors, dispositif, clientMutationId } of reponses) {
      expect(errors).toEqual([]);
      expect(clientMutationId).toBe('cle-1');
      expect(dispositif?.activations.nodes).toHaveLength(1);
    }
    expect(await compter('activation')).toBe(1);
    expect(await journal()).toHaveLength(1);
    expect((await activer({ ...input, territoires: ['TERNOIS'] })).errors).toMatchObject([
      { code: 'IDEMPOTENCE_CONFLIT' },
    ]);
  });

  test('takes up again the jobs that were refused because it was off, and no other, or none when it fails', async () => {
    const [inactif, clos] = [await refuserUnJob('DISPOSITIF_INACTIF'), await refuserUnJob('APPEL_CLOS')];
    const voisin = await refuserUnJob('DISPOSITIF_INACTIF', '99');
    await activer({ territoires: ['ARTOIS'], du: '2026-02-03' });
    expect(await etatDuJob(inactif)).toBe('REFUSE');
    await activer({ territoires: ['ARTOIS', 'TERNOIS'] });
    expect(await etatDuJob(inactif)).toBe('REFUSE');
    await activer({ territoires: ['TERNOIS'] });
    expect([await etatDuJob(inactif), await etatDuJob(clos), await etatDuJob(voisin, '99')]).toEqual([
      'EN_ATTENTE',
      'REFUSE',
      'REFUSE',
    ]);
  });

  test('when it begins later, takes them up on that day, by the clock of the house', async () => {
    const inactif = await refuserUnJob('DISPOSITIF_INACTIF');
    await activer({ territoires: ['ARTOIS'], du: '2026-02-03' });
    const attendus = await messages();
    expect(attendus).toEqual([{ id: expect.any(String), charge: expect.anything(), heures: 15 }]);
    const [{ charge }] = attendus as [Message];

    await commencer(charge);
    expect(await etatDuJob(inactif)).toBe('REFUSE');
    expect((await messages()).map(({ heures }) => heures)).toEqual([15, 15]);
    banc.horloge.avancerA('2026-02-03T00:00:00+01:00');
    await commencer(charge);
    expect(await etatDuJob(inactif)).toBe('EN_ATTENTE');
    expect(await messages()).toHaveLength(2);
  });

  test('when it is called off before it began, takes up nothing', async () => {
    const inactif = await refuserUnJob('DISPOSITIF_INACTIF');
    await activer({ territoires: ['ARTOIS'], du: '2026-02-03' });
    await desactiver({ territoires: ['ARTOIS'], enCours: 'TERMINER' });
    banc.horloge.avancerA('2026-02-03T00:00:00+01:00');
    const [{ charge }] = (await messages()) as [Message];
    await commencer(charge);
    expect(await etatDuJob(inactif)).toBe('REFUSE');
  });

  test('one département never sees nor stops another', async () => {
    await activer({ territoires: ['ARTOIS'] }, ailleurs);
    expect(await permis('ARTOIS')).toBe('NON');
    const document = '{ dispositif(code: "essai") { activations { nodes { etat } } } }';
    expect(await banc.demander(admin, document)).toMatchObject({ dispositif: { activations: { nodes: [] } } });
    expect((await activer({ territoires: ['ARTOIS'] })).errors).toEqual([]);
    const idAilleurs = await banc.territoireId('99', 'TERNOIS');
    expect(await decider('62', { pour: 'COMMENCER' }, [idAilleurs])).toBe('NON');
  });
});

describe('dispositifDesactiver', () => {
  test('what is in flight is finished, then suspended, then finished again', async () => {
    const commenceLe = banc.horloge.maintenant();
    await activer({ territoires: ['ARTOIS'] });
    const job = await refuserUnJob('DISPOSITIF_INACTIF');
    banc.horloge.avancerA('2026-02-10T09:00:00+01:00');
    expect((await desactiver({ territoires: ['ARTOIS'], enCours: 'TERMINER' })).errors).toEqual([]);
    expect([await permis('ARTOIS'), await poursuite(commenceLe)]).toEqual(['NON', 'OUI']);
    expect(await poursuite(Temporal.Instant.from('2026-02-01T09:00:00Z'))).toBe('NON');

    await desactiver({ territoires: ['ARTOIS'], enCours: 'SUSPENDRE' });
    expect([await permis('ARTOIS'), await poursuite(commenceLe)]).toEqual(['NON', 'NON']);
    expect(await etatDuJob(job)).toBe('REFUSE');

    await desactiver({ territoires: ['ARTOIS'], enCours: 'TERMINER' });
    expect(await poursuite(commenceLe)).toBe('OUI');
    expect(await etatDuJob(job)).toBe('EN_ATTENTE');
    expect((await desactiver({ territoires: ['ARTOIS'], enCours: 'TERMINER' })).errors).toMatchObject([
      { code: 'ETAT_INCOMPATIBLE', path: ['input', 'territoires'] },
    ]);
    expect((await journal()).map(({ action }) => action)).toEqual([
      'DISPOSITIF_ACTIVER',
      'DISPOSITIF_DESACTIVER',
      'DISPOSITIF_DESACTIVER',
      'DISPOSITIF_DESACTIVER',
    ]);
  });

  test('from a day on, and calls off what was to begin later', async () => {
    await activer({ territoires: ['ARTOIS'], au: '2026-06-30' });
    await activer({ territoires: ['ARTOIS'], du: '2026-09-01' });
    const { dispositif } = await desactiver({
      territoires: ['ARTOIS'],
      aCompterDu: '2026-04-01',
      enCours: 'SUSPENDRE',
    });
    expect(dispositif?.activations.nodes.map(({ etat, au }) => [etat, au])).toEqual([
      ['ANNULEE', '2026-08-31T22:00:00Z'],
      ['EN_VIGUEUR', '2026-03-31T22:00:00Z'],
    ]);
    expect(await permis('ARTOIS')).toBe('OUI');
    banc.horloge.avancerA('2026-04-01T00:00:00+02:00');
    expect(await permis('ARTOIS')).toBe('NON');
    banc.horloge.avancerA('2026-09-02T00:00:00+02:00');
    expect(await permis('ARTOIS')).toBe('NON');
  });

  test('all or nothing', async () => {
    await activer({ territoires: ['ARTOIS'] });
    const { errors } = await desactiver({ territoires: ['ARTOIS', 'TERNOIS'], enCours: 'TERMINER' });
    expect(errors[0]?.message).toBe(
      '« Mesure d’essai » n’est ni activé ni à venir sur : Ternois. Il n’y a rien à désactiver.',
    );
    expect(await permis('ARTOIS')).toBe('OUI');
    const passe = await desactiver({ territoires: ['ARTOIS'], aCompterDu: '2026-02-01', enCours: 'TERMINER' });
    expect(passe.errors).toMatchObject([{ code: 'PERIODE_INVALIDE', path: ['input', 'aCompterDu'] }]);
  });

  test('of two at the same time one does it, and the other learns that it is done', async () => {
    for (let tour = 0; tour < 8; tour += 1) {
      await banc.vider('activation');
      await activer({ territoires: ['ARTOIS', 'TERNOIS'] });
      const demande = { enCours: 'TERMINER' };
      const reponses = await Promise.all([
        desactiver({ ...demande, territoires: ['ARTOIS', 'TERNOIS'] }),
        desactiver({ ...demande, territoires: ['TERNOIS', 'ARTOIS'] }, autre),
      ]);
      expect(reponses.map(({ errors }) => errors.map(({ code }) => code)).sort()).toEqual([[], ['ETAT_INCOMPATIBLE']]);
    }
  });
});

describe('AdministrationActivations', () => {
  test('leaves nothing when what surrounds it fails', async () => {
    const administration = banc.app.get(AdministrationActivations, { strict: false });
    const demande = { dispositif: 'essai', territoires: ['ARTOIS'], du: null, au: null };
    const echec = banc.unites.executer('62', async (em) => {
      await administration.activer(em, admin, demande);
      throw new Error('panne');
    });
    await expect(echec).rejects.toThrow('panne');
    expect([await compter('activation'), await compter('journal')]).toEqual([0, 0]);
  });
});

interface Reponse {
  clientMutationId: string | null;
  errors: ErreurMetier[];
  dispositif: { activations: { nodes: { etat: string; au: string | null }[] } } | null;
}

const REPONSE = `{ clientMutationId errors { code message path regle }
  dispositif { activations { nodes { territoire { code } etat du au enCours } } } }`;

async function activer(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: DispositifActiverInput!) { r: dispositifActiver(input: $input) ${REPONSE} }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input: { dispositif: 'essai', ...input } })).r;
}

async function desactiver(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: DispositifDesactiverInput!) { r: dispositifDesactiver(input: $input) ${REPONSE} }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input: { dispositif: 'essai', ...input } })).r;
}

async function permis(...codes: string[]): Promise<string> {
  const ids = await Promise.all(codes.map((code) => banc.territoireId('62', code)));
  return decider('62', { pour: 'COMMENCER' }, ids);
}

async function poursuite(commenceLe: Temporal.Instant): Promise<string> {
  return decider('62', { pour: 'CONTINUER', commenceLe }, [await banc.territoireId('62', 'ARTOIS')]);
}

async function decider(departementId: string, geste: Geste, territoireIds: string[]): Promise<string> {
  const porte = banc.app.get(ActivationService, { strict: false });
  const demande = { dispositif: 'essai', territoireIds, ...geste };
  return (await banc.unites.lecture(departementId, (em) => porte.decider(em, departementId, demande))).issue;
}

async function compter(table: string): Promise<number> {
  return (await banc.lignes<{ n: number }>('62', `select count(*)::int as n from sillage.${table}`))[0]!.n;
}

function journal(): Promise<{ action: string }[]> {
  return banc.lignes(
    '62',
    `select action, acteur_id as acteur, details ->> 'territoire' as territoire, regles from sillage.journal order by id`,
  );
}

interface Message {
  id: string;
  charge: unknown;
  /** How long the server is to wait. */
  heures: number;
}

function messages(): Promise<Message[]> {
  return banc.lignes(
    '62',
    `select id, charge, round(extract(epoch from prochaine_tentative_le - cree_le) / 3600)::int as heures
       from sillage.outbox where nom = 'activation.commencer' order by id`,
  );
}

async function commencer(charge: unknown): Promise<void> {
  const job = banc.app.get(RegistreJobs).trouver('activation.commencer');
  await banc.unites.executer('62', (em) => job!.executer(em, charge, { departementId: '62', jobId: uuidv7() }));
}

async function refuserUnJob(code: string, departementId = '62'): Promise<string> {
  const id = uuidv7();
  await banc.unites.executer(departementId, (em) =>
    em.query(
      `insert into sillage.outbox (departement_id, id, file, nom, charge, etat, erreurs)
       values ($1, $2, 'versements', 'versement.avance', '{}', 'REFUSE', $3)`,
      [departementId, id, JSON.stringify([{ code, message: '', path: [], regle: null }])],
    ),
  );
  return id;
}

async function etatDuJob(id: string, departementId = '62'): Promise<string | undefined> {
  return (await banc.lignes<{ etat: string }>(departementId, 'select etat from sillage.outbox where id = $1', [id]))[0]
    ?.etat;
}
