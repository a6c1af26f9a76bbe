import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { creerJournal } from '@sillage/socle';
import { creerWorker, type Worker } from '@sillage/worker';
import { collision } from '../plugins/collision/collision.js';
import { atelier } from '../plugins/atelier/atelier.js';
import { minimal } from '../plugins/minimal/minimal.js';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

/** Dispositifs that the core has never heard of, beside the real ones: nothing of the core changes for them. */
describe('Plugins that the core has never heard of', () => {
  let gateway: GatewayEssai;
  let worker: Worker;

  beforeAll(async () => {
    gateway = await demarrerGatewayEssai({ dispositifs: [...dispositifs, minimal, atelier] });
    const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
    const { configurationWorker: configuration, horloge } = gateway;
    worker = await creerWorker({ configuration, dispositifs: [...dispositifs, minimal, atelier], horloge, journal });
    await worker.demarrer();
  });
  afterAll(async () => {
    await worker?.arreter();
    await gateway?.arreter();
  });

  const basculer = (nom: 'dispositifActiver' | 'dispositifDesactiver', dispositif: string, autres: object = {}) =>
    muter(gateway, 'administrateur', nom, 'dispositif { code }', {
      dispositif,
      territoires: ['LENS_LIEVIN'],
      ...autres,
    });
  const ouvrir = (intitule: string, compte = 'slai-lens') =>
    muter(gateway, compte, 'atelierOuvrir', 'seance { id intitule animateur passages territoire { code } }', {
      territoire: 'Lens Liévin',
      intitule,
      animateur: 'Camille',
    });
  const seances = async (compte: string): Promise<{ intitule: string; passages: number }[]> =>
    (
      await lire<{ atelierSeances: { nodes: { intitule: string; passages: number }[] } }>(
        gateway,
        compte,
        '{ atelierSeances { nodes { intitule passages } } }',
      )
    ).atelierSeances.nodes;
  const attendrePassage = async (intitule: string): Promise<number> => {
    const limite = performance.now() + 20_000;
    while (performance.now() < limite) {
      const seance = (await seances('siege')).find((s) => s.intitule === intitule);
      if (seance !== undefined && seance.passages > 0) return seance.passages;
      await new Promise((r) => setTimeout(r, 50));
    }
    throw new Error(`Le job de « ${intitule} » n’est pas passé.`);
  };

  it('a minimal declaration gives a whole API: draft, deposit, validation, decision, convention', async () => {
    await basculer('dispositifActiver', 'minimal');
    const { appels, moi } = await lire<{
      appels: { nodes: { id: string }[] };
      moi: { habilitations: { nodes: { structure: { id: string } }[] } };
    }>(
      gateway,
      'association',
      '{ appels(dispositif: "minimal") { nodes { id } } moi { habilitations { nodes { structure { id } } } } }',
    );
    const creee = await muter(
      gateway,
      'association',
      'candidatureMinimalCreer',
      'candidature { id champs { besoin } }',
      {
        appelId: appels.nodes[0]!.id,
        structureId: moi.habilitations.nodes[0]!.structure.id,
        territoires: ['LENS_LIEVIN'],
        champs: { besoin: 'Une salle' },
      },
    );
    expect(creee).toMatchObject({ errors: [], candidature: { champs: { besoin: 'Une salle' } } });
    const candidatureId = (creee['candidature'] as { id: string }).id;
    for (const nom of ['candidatureDeposer', 'candidatureValider']) {
      expect((await muter(gateway, 'association', nom, 'candidature { etat }', { candidatureId })).errors).toEqual([]);
    }
    const decision = { candidatureId, sens: 'RETENUE', motif: 'Utile.', confirmations: [] };
    expect((await muter(gateway, 'siege', 'candidatureDecider', 'candidature { etat }', decision)).errors).toEqual([]);
    const preparer = (montant: string, au = '2026-08-31') =>
      muter(gateway, 'siege', 'conventionMinimalPreparer', 'convention { montant termes { places } }', {
        candidatureId,
        du: '2026-03-01',
        au,
        montant,
        termes: { places: 5 },
      });
    expect((await preparer('500.01')).errors.map((e) => e.code)).toEqual(['MONTANT_SUPERIEUR_AU_PLAFOND']);
    expect((await preparer('500.00', '2026-09-01')).errors.map((e) => e.code)).toEqual(['DUREE_SUPERIEURE_AU_MAXIMUM']);
    expect(await preparer('500.00')).toMatchObject({
      errors: [],
      convention: { montant: '500.00', termes: { places: 5 } },
    });
  });

  it('a plugin’s own resolver and job refuse where it is off, and work once it is on, with no restart', async () => {
    expect((await ouvrir('trop tôt')).errors).toEqual([
      expect.objectContaining({ code: 'DISPOSITIF_INACTIF', path: ['input', 'territoire'] }),
    ]);
    await basculer('dispositifActiver', 'atelier');
    expect(await ouvrir('couture')).toMatchObject({
      errors: [],
      seance: { intitule: 'couture', animateur: 'Camille', territoire: { code: 'LENS_LIEVIN' } },
    });
    expect(await attendrePassage('couture')).toBe(1);
  });

  it('its job is refused while suspended, kept, and done once when it is on again', async () => {
    await worker.arreter();
    expect((await ouvrir('cuisine')).errors).toEqual([]);
    gateway.horloge.avancerA('2026-02-03T09:00:00+01:00');
    await basculer('dispositifDesactiver', 'atelier', { enCours: 'SUSPENDRE' });
    const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
    const { configurationWorker: configuration, horloge } = gateway;
    worker = await creerWorker({ configuration, dispositifs: [...dispositifs, minimal, atelier], horloge, journal });
    await worker.demarrer();
    const etats = () =>
      avecClient(gateway.base.urlAdmin, async (c) =>
        (
          await c.query<{ etat: string }>(`select etat from sillage.outbox where nom = 'atelier.compter' order by id`)
        ).rows.map((l) => l.etat),
      );
    while ((await etats()).at(-1) === 'EN_ATTENTE') await new Promise((r) => setTimeout(r, 50));
    expect((await etats()).at(-1)).toBe('REFUSE');
    gateway.horloge.avancerA('2026-02-04T09:00:00+01:00');
    await basculer('dispositifActiver', 'atelier');
    expect(await attendrePassage('cuisine')).toBe(1);
  });

  it('rights on its own subject are those it declares, and its rows are its tenant’s alone', async () => {
    expect((await seances('slai-lens')).length).toBeGreaterThan(0);
    expect(await seances('slai-arras')).toEqual([]);
    expect(await seances('association')).toEqual([]);
    expect(await seances('siege-99')).toEqual([]);
    expect((await ouvrir('interdit', 'association')).errors.map((e) => e.code)).toEqual(['ACTION_INTERDITE']);
  });

  it('two that claim the same names do not start together', async () => {
    await expect(demarrerGatewayEssai({ dispositifs: [minimal, collision] })).rejects.toThrow(
      /« Dispositif minimal ».*« Dispositif qui heurte »/,
    );
  });
});
