import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Refus } from '@sillage/kernel';
import { attendre, DEPARTEMENTS, ouvrirBanc } from '../test/banc.js';
import type { Banc } from '../test/banc.js';
import { surChaqueFile } from '../test/chaque-file.js';
import { declarerEffet, effetDouble, ouvrirPoste } from '../test/poste.js';
import type { OptionsPoste, Poste } from '../test/poste.js';
import { definirJob } from './definition.js';
import type { ContexteJob } from './definition.js';
import type { RegistreJobs } from './registre.js';
import { Reprises } from './reprise.js';

surChaqueFile('les jobs', (backend) => {
  let banc: Banc;
  let postes: Poste[];

  beforeAll(async () => {
    banc = await ouvrirBanc(backend);
  });
  afterAll(() => banc.fermer());
  beforeEach(async () => {
    postes = [];
    await banc.sql('truncate sillage.outbox, sillage.effet_essai');
  });
  afterEach(async () => {
    await Promise.all(postes.map((poste) => poste.fermer()));
    await banc.perdreLaFile().catch(() => undefined);
  });

  const ouvrir = async (options?: OptionsPoste): Promise<Poste> => {
    const poste = await banc.ouvrirPoste(options);
    postes.push(poste);
    return poste;
  };
  const publier = (poste: Poste, departementId = '62', objetId: string = randomUUID()): Promise<string> =>
    poste.unite.executer(departementId, (em) => poste.outbox.publier(em, effetDouble.pour(departementId, { objetId })));
  const ligne = async (id: string): Promise<LigneOutbox> => {
    const [lue] = await banc.sql<LigneOutbox>('select * from sillage.outbox where id = $1', [id]);
    if (!lue) throw new Error(`Pas de ligne ${id}`);
    return lue;
  };
  const effets = async (job?: string): Promise<number> =>
    (await banc.sql('select from sillage.effet_essai where job = $1 or $1 is null', [job ?? null])).length;
  const dansEtat = (id: string, etat: string): Promise<void> =>
    attendre(`${id} ${etat}`, async () => (await ligne(id)).etat === etat);
  const deposer = (poste: Poste, message: object): Promise<void> =>
    poste.files.publier('essais', [{ nom: 'x', publication: Math.random(), ...message } as never]);

  it('fait l’effet et la marque, une fois, dès l’annonce', async () => {
    const poste = await ouvrir({ reglages: { sondageMs: 60_000 } });
    await poste.demarrer();
    const debut = Date.now();
    const id = await publier(poste);
    await dansEtat(id, 'TRAITE');
    expect(Date.now() - debut).toBeLessThan(5_000);
    expect(await effets(id)).toBe(2);
    expect(await ligne(id)).toMatchObject({ publications: 1, tentatives: 0, erreurs: null });
    expect((await ligne(id)).traite_le).not.toBeNull();
  });

  it('ne publie pas ce dont la transaction est annulée', async () => {
    const poste = await ouvrir();
    await poste.demarrer();
    const perdue = poste.unite.executer('62', async (em) => {
      await poste.outbox.publier(em, effetDouble.pour('62', { objetId: 'x' }));
      throw new Error('annulée');
    });
    await expect(perdue).rejects.toThrow('annulée');
    await dansEtat(await publier(poste), 'TRAITE');
    expect(await banc.sql('select from sillage.outbox')).toHaveLength(1);
  });

  it('ne refait rien quand le même message arrive vingt fois', async () => {
    const poste = await ouvrir();
    await poste.ouvriers.demarrer();
    const id = await publier(poste);
    const copies = Array.from({ length: 20 }, (_, publication) => ({ departementId: '62', outboxId: id, publication }));
    await Promise.all(copies.map((copie) => deposer(poste, copie)));
    await attendre('vingt messages lus', () => poste.issues.length === 20);
    expect(await effets(id)).toBe(2);
    expect(poste.issues.filter((issue) => issue === 'TRAITE')).toHaveLength(1);
    expect(poste.issues.filter((issue) => issue === 'DOUBLON')).toHaveLength(19);
  });

  it('n’attend pas sans fin le job qu’un autre exécute, et ne le compte pas comme une panne', async () => {
    // As the role's own limit does after 30 s.
    const urlApp = `${banc.urlApp}?options=${encodeURIComponent('-c statement_timeout=300')}`;
    const poste = await ouvrirPoste({ urlApp, file: banc.file });
    postes.push(poste);
    const id = await publier(poste);
    await banc.sql('begin');
    await banc.sql('select from sillage.outbox where id = $1 for update', [id]);
    await poste.ouvriers.demarrer();
    await deposer(poste, { departementId: '62', outboxId: id });
    await attendre('une issue', () => poste.issues.length === 1);
    await banc.sql('commit');
    expect(poste.issues).toEqual(['OCCUPE']);
    expect(await ligne(id)).toMatchObject({ etat: 'EN_ATTENTE', tentatives: 0 });
    await poste.repartiteur.demarrer();
    await dansEtat(id, 'TRAITE');
  });

  it('livre de nouveau ce que la file a perdu', async () => {
    const emetteur = await ouvrir();
    const id = await publier(emetteur);
    expect(await emetteur.repartiteur.publierUnLot('62')).toBe(1);
    await banc.perdreLaFile();
    const poste = await ouvrir();
    await poste.demarrer();
    await dansEtat(id, 'TRAITE');
    expect(await effets(id)).toBe(2);
    expect((await ligne(id)).publications).toBeGreaterThan(1);
  });

  it('espace de plus en plus les republications', async () => {
    const poste = await ouvrir({ reglages: { republicationMs: 60_000, republicationMaxMs: 200_000 } });
    const id = await publier(poste);
    const vieillir = (secondes: number): Promise<unknown> =>
      banc.sql(`update sillage.outbox set publie_le = clock_timestamp() - $1 * interval '1 s'`, [secondes]);
    expect(await poste.repartiteur.publierUnLot('62')).toBe(1);
    for (const [attente, prise] of [
      [55, 0],
      [65, 1],
      [115, 0],
      [125, 1],
      [195, 0],
      [205, 1],
      [195, 0],
      [205, 1],
    ] as const) {
      await vieillir(attente);
      expect(await poste.repartiteur.publierUnLot('62')).toBe(prise);
    }
    expect((await ligne(id)).publications).toBe(5);
  });

  it('deux répartiteurs et trois ouvriers font 300 jobs de deux départements, chacun une fois', async () => {
    const equipe = await Promise.all([0, 1, 2].map(() => ouvrir({ reglages: { lot: 20, republicationMs: 400 } })));
    const emetteur = await ouvrir();
    await Promise.all(equipe.map((poste) => poste.ouvriers.demarrer()));
    await Promise.all(equipe.slice(0, 2).map((poste) => poste.repartiteur.demarrer()));
    const publierTout = async (departementId: string): Promise<void> => {
      for (let n = 0; n < 150; n += 1) await publier(emetteur, departementId, `${departementId}-${n}`);
    };
    await Promise.all(DEPARTEMENTS.map(publierTout));
    const restent = (): Promise<object[]> => banc.sql(`select from sillage.outbox where etat <> 'TRAITE'`);
    await attendre('300 jobs traités', async () => (await restent()).length === 0, 40_000);
    const comptes = await banc.sql<{ n: number }>('select count(*)::int as n from sillage.effet_essai group by job');
    expect(comptes).toHaveLength(300);
    expect(new Set(comptes.map(({ n }) => n))).toEqual(new Set([2]));
    expect(await banc.sql('select distinct objet from sillage.effet_essai')).toHaveLength(600);
    expect(equipe.flatMap(({ issues }) => issues).filter((issue) => issue === 'TRAITE')).toHaveLength(300);
  }, 60_000);

  it('un répartiteur mort entre la file et son commit publie deux fois, pour un seul effet', async () => {
    let morts = 0;
    const poste = await ouvrir({
      files: (reelles) => ({
        backend: reelles.backend,
        preparer: () => reelles.preparer(),
        ouvrir: (file, traiter) => reelles.ouvrir(file, traiter),
        fermer: () => reelles.fermer(),
        publier: async (file, messages) => {
          await reelles.publier(file, messages);
          if (morts < 3) {
            morts += 1;
            throw new Error('mort du répartiteur');
          }
        },
      }),
    });
    const id = await publier(poste);
    await poste.repartiteur.demarrer();
    await attendre('une quatrième publication', async () => (await ligne(id)).publications === 1);
    await poste.ouvriers.demarrer();
    await dansEtat(id, 'TRAITE');
    expect(morts).toBe(3);
    expect(await effets(id)).toBe(2);
  });

  it('note un refus, annule son effet, et le reprend quand on le rouvre', async () => {
    let actif = false;
    const poste = await ouvrir({
      declarer: (registre) =>
        registre.declarer(
          effetDouble,
          async (em, { objetId }, { departementId, jobId }) => {
            await em.query('insert into sillage.effet_essai (departement_id, job, objet) values ($1, $2, $3)', [
              departementId,
              jobId,
              objetId,
            ]);
            if (!actif)
              throw Refus.de('DISPOSITIF_INACTIF', 'Le dispositif est inactif sur ce territoire.', { regle: 'ACT-01' });
          },
          'essai',
        ),
    });
    await poste.demarrer();
    const id = await publier(poste);
    await dansEtat(id, 'REFUSE');
    expect(await effets(id)).toBe(0);
    expect(await ligne(id)).toMatchObject({
      traite_le: null,
      erreurs: [
        { code: 'DISPOSITIF_INACTIF', message: 'Le dispositif est inactif sur ce territoire.', regle: 'ACT-01' },
      ],
    });
    const reprises = new Reprises(poste.unite);
    expect(await reprises.reprendre('62', { codes: ['APPEL_CLOS'] })).toBe(0);
    expect(await reprises.reprendre('80', { codes: ['DISPOSITIF_INACTIF'] })).toBe(0);
    actif = true;
    expect(await reprises.reprendre('62', { codes: ['DISPOSITIF_INACTIF'], noms: ['essai.effet'] })).toBe(1);
    await dansEtat(id, 'TRAITE');
    expect(await effets(id)).toBe(1);
    expect((await ligne(id)).erreurs).toBeNull();
  });

  it('juge de nouveau un refus, sans qu’on le lui demande, au bout d’un temps', async () => {
    let actif = false;
    const poste = await ouvrir({
      reglages: { rejugementMs: 400 },
      declarer: (registre) =>
        registre.declarer(
          effetDouble,
          async () => {
            if (!actif) throw Refus.de('DISPOSITIF_INACTIF', 'Inactif.', { regle: 'TRANS-01' });
          },
          'essai',
        ),
    });
    await poste.demarrer();
    const id = await publier(poste);
    await dansEtat(id, 'REFUSE');
    actif = true;
    await dansEtat(id, 'TRAITE');
  });

  it('réessaie après une erreur imprévue, puis abandonne sans donnée nominative, et reprend', async () => {
    let soigne = false;
    const poste = await ouvrir({
      declarer: (registre) =>
        registre.declarer(
          effetDouble,
          async (em, { objetId }, { departementId, jobId }) => {
            await em.query('insert into sillage.effet_essai (departement_id, job, objet) values ($1, $2, $3)', [
              departementId,
              jobId,
              objetId,
            ]);
            if (!soigne) throw new TypeError('Jeanne Dupont, née le 3 mars, n’a pas de dossier');
          },
          'essai',
        ),
    });
    await poste.demarrer();
    const id = await publier(poste);
    await dansEtat(id, 'ECHEC');
    expect(await ligne(id)).toMatchObject({ tentatives: 3, traite_le: null });
    const texte = JSON.stringify((await ligne(id)).erreurs) + poste.lignes.join('\n');
    expect(texte).toContain('TypeError');
    expect(texte).toContain('ouvriers.spec.ts ligne');
    expect(texte).not.toMatch(/Dupont|mars/);
    expect(poste.issues.filter((issue) => issue === 'REESSAI')).toHaveLength(2);
    expect(poste.issues.filter((issue) => issue === 'ECHEC')).toHaveLength(1);
    expect(await effets(id)).toBe(0);
    soigne = true;
    expect(await new Reprises(poste.unite).reprendre('62', {})).toBe(0);
    expect(await new Reprises(poste.unite).reprendre('62', { etats: ['ECHEC'], ids: [id] })).toBe(1);
    await dansEtat(id, 'TRAITE');
    expect(await effets(id)).toBe(1);
  });

  it('annule tout quand l’exécuteur étouffe une erreur SQL, et le compte comme une panne', async () => {
    const poste = await ouvrir({
      declarer: (registre) =>
        registre.declarer(
          effetDouble,
          async (em) => void (await em.query('select 1/0').catch(() => undefined)),
          'essai',
        ),
    });
    await poste.demarrer();
    const id = await publier(poste);
    await dansEtat(id, 'ECHEC');
    expect(poste.issues).not.toContain('TRAITE');
  });

  it('un job empoisonné ne retient pas les autres', async () => {
    const poste = await ouvrir({
      reglages: { concurrence: 1, tentativesMax: 4, delaiTentativeMs: 400 },
      declarer: (registre) =>
        registre.declarer(
          effetDouble,
          async (em, { objetId }, { departementId, jobId }) => {
            if (objetId === 'poison') throw new Error('poison');
            await em.query('insert into sillage.effet_essai (departement_id, job, objet) values ($1, $2, $3)', [
              departementId,
              jobId,
              objetId,
            ]);
          },
          'essai',
        ),
    });
    await poste.demarrer();
    const poison = await publier(poste, '62', 'poison');
    const sains = await Promise.all(Array.from({ length: 10 }, () => publier(poste)));
    for (const id of sains) await dansEtat(id, 'TRAITE');
    expect((await ligne(poison)).etat).toBe('EN_ATTENTE');
    await dansEtat(poison, 'ECHEC');
    expect(await effets()).toBe(10);
  });

  it('met en échec une charge qui ne suit pas la définition, sans citer sa valeur, et un job inconnu', async () => {
    const poste = await ouvrir();
    await poste.demarrer();
    const ecrire = (nom: string, charge: object): Promise<string> =>
      poste.unite.executer('62', (em) =>
        poste.outbox.publier(em, { departementId: '62', file: 'essais', nom, charge }),
      );
    const faussee = await ecrire('essai.effet', { objetId: 12, prenom: 'Jeanne' });
    const inconnue = await ecrire('essai.disparu', {});
    for (const id of [faussee, inconnue]) await dansEtat(id, 'ECHEC');
    expect(await ligne(faussee)).toMatchObject({ tentatives: 1 });
    expect(JSON.stringify((await ligne(faussee)).erreurs)).toMatch(/objetId invalid_type/);
    expect(JSON.stringify((await ligne(faussee)).erreurs)).not.toContain('Jeanne');
    expect(await ligne(inconnue)).toMatchObject({ tentatives: 3 });
    expect(JSON.stringify((await ligne(inconnue)).erreurs)).toContain('essai.disparu');
    expect(await effets()).toBe(0);
  });

  it('laisse dans l’outbox un job dont personne ici ne tient la file', async () => {
    const poste = await ouvrir();
    await poste.demarrer();
    const id = await poste.unite.executer('62', (em) =>
      poste.outbox.publier(em, { departementId: '62', file: 'future', nom: 'essai.futur', charge: {} }),
    );
    await dansEtat(await publier(poste), 'TRAITE');
    expect(await ligne(id)).toMatchObject({ etat: 'EN_ATTENTE', publications: 0 });
  });

  it('écarte un message illisible ou qui ment sur le département', async () => {
    const poste = await ouvrir();
    await poste.ouvriers.demarrer();
    const id = await publier(poste, '62');
    await deposer(poste, { departementId: '80', outboxId: id });
    await deposer(poste, { departementId: '62', outboxId: 'pas-un-uuid' });
    await deposer(poste, { departementId: '', outboxId: id });
    await attendre('trois messages lus', () => poste.issues.length === 3);
    expect([...poste.issues].sort()).toEqual(['DOUBLON', 'ILLISIBLE', 'ILLISIBLE']);
    expect(await ligne(id)).toMatchObject({ etat: 'EN_ATTENTE' });
  });

  it('ne montre au job que les lignes de son département', async () => {
    const vus: Record<string, unknown> = {};
    const regarder = definirJob({ nom: 'essai.regard', file: 'essais', charge: z.strictObject({}) });
    const poste = await ouvrir({
      declarer: (registre: RegistreJobs) => {
        declarerEffet(registre);
        registre.declarer(
          regarder,
          async (em: EntityManager, _charge, { departementId }: ContexteJob) => {
            const lignes = await em.query<{ departement_id: string }[]>(
              'select distinct departement_id from sillage.effet_essai',
            );
            const ailleurs = departementId === '62' ? '80' : '62';
            const ecrites = await em.query<[unknown, number]>(
              'update sillage.effet_essai set objet = $1 where departement_id = $2',
              ['volé', ailleurs],
            );
            vus[departementId] = [lignes.map((vue) => vue.departement_id), ecrites[1]];
          },
          'essai',
        );
      },
    });
    await poste.demarrer();
    for (const departementId of DEPARTEMENTS) await dansEtat(await publier(poste, departementId), 'TRAITE');
    for (const departementId of DEPARTEMENTS) {
      const id = await poste.unite.executer(departementId, (em) =>
        poste.outbox.publier(em, regarder.pour(departementId, {})),
      );
      await dansEtat(id, 'TRAITE');
    }
    expect(vus).toEqual({ '62': [['62'], 0], '80': [['80'], 0] });
  });
});

interface LigneOutbox {
  etat: string;
  publications: number;
  tentatives: number;
  traite_le: Date | null;
  erreurs: unknown;
}
