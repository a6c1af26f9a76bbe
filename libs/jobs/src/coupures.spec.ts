import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attendre, ouvrirBanc } from '../test/banc.js';
import type { Banc } from '../test/banc.js';
import { surChaqueFile } from '../test/chaque-file.js';
import { effetDouble } from '../test/poste.js';
import type { OptionsPoste, Poste } from '../test/poste.js';
import { fabriquerFiles } from './files.js';
import { REGLAGES_PAR_DEFAUT } from './reglages.js';

surChaqueFile('les coupures', (backend) => {
  let banc: Banc;
  let poste: Poste | undefined;

  beforeAll(async () => {
    banc = await ouvrirBanc(backend);
  });
  afterAll(() => banc.fermer());
  beforeEach(() => banc.sql('truncate sillage.outbox, sillage.effet_essai'));
  afterEach(async () => {
    await poste?.fermer();
    poste = undefined;
  });

  const demarrer = async (options?: OptionsPoste): Promise<Poste> => {
    poste = await banc.ouvrirPoste(options);
    await poste.demarrer();
    return poste;
  };
  const publier = ({ unite, outbox }: Poste): Promise<string> =>
    unite.executer('62', (em) => outbox.publier(em, effetDouble.pour('62', { objetId: 'x' })));
  const etat = async (id: string): Promise<string | undefined> =>
    (await banc.sql<{ etat: string }>('select etat from sillage.outbox where id = $1', [id]))[0]?.etat;
  const traite = (id: string, delaiMs?: number): Promise<void> =>
    attendre(`${id} traité`, async () => (await etat(id)) === 'TRAITE', delaiMs);
  const couperEcoute = (): Promise<object[]> =>
    banc.sql(`select pg_terminate_backend(pid) from pg_stat_activity
               where application_name = 'sillage-ecoute' and datname = current_database()`);

  it('les jobs passent encore après la coupure de toutes les connexions à la file', async () => {
    const present = await demarrer();
    await traite(await publier(present));
    for (let n = 0; n < 3; n += 1) {
      await banc.couperLaFile();
      await traite(await publier(present));
    }
    expect(await banc.sql('select from sillage.effet_essai')).toHaveLength(8);
  });

  it('l’écoute coupée se rouvre, et l’annonce suivante est entendue sans attendre le sondage', async () => {
    const present = await demarrer({ reglages: { sondageMs: 60_000 } });
    expect(await couperEcoute()).toHaveLength(1);
    const ecoutes = (): Promise<object[]> =>
      banc.sql(`select from pg_stat_activity where application_name = 'sillage-ecoute' and query like 'listen%'
                   and datname = current_database()`);
    await attendre('une nouvelle écoute', async () => (await ecoutes()).length === 1);
    await traite(await publier(present), 5_000);
    expect(present.lignes.join('\n')).toContain('écoute de l’outbox');
  });

  it('ce qui est annoncé pendant que l’écoute est coupée part à sa réouverture', async () => {
    const present = await demarrer({ reglages: { sondageMs: 60_000 } });
    await couperEcoute();
    await traite(await publier(present), 10_000);
  });

  if (backend === 'redis') {
    it('un Redis mort ne bloque ni l’émetteur ni l’arrêt ; revenu vide, il reçoit ce qui reste', async () => {
      const present = await demarrer({ reglages: { arretMs: 2_000 } });
      await traite(await publier(present));
      await banc.redis!.eteindre();
      const id = await publier(present);
      await attendre('un refus de publier', () => present.lignes.some((ligne) => ligne.includes('remis à plus tard')));
      expect(await etat(id)).toBe('EN_ATTENTE');
      await banc.redis!.allumer();
      await traite(id, 20_000);

      await banc.redis!.eteindre();
      const debut = Date.now();
      await present.fermer();
      poste = undefined;
      expect(Date.now() - debut).toBeLessThan(6_000);
      await banc.redis!.allumer();
    });

    it('un Redis relancé vide entre la publication et le traitement ne perd rien', async () => {
      const emetteur = await banc.ouvrirPoste();
      const id = await publier(emetteur);
      await emetteur.repartiteur.publierUnLot('62');
      await banc.redis!.relancer();
      await demarrer();
      await traite(id);
      await emetteur.fermer();
    });
  }
});

describe('une file qui ne répond pas', () => {
  const muet = { log: () => undefined, warn: () => undefined, error: () => undefined };
  const MORTES = { postgres: 'postgres://x:y@127.0.0.1:1/z', redis: 'redis://127.0.0.1:1' } as const;

  it.each(['postgres', 'redis'] as const)('est refusée au démarrage (%s)', async (backend) => {
    const files = fabriquerFiles({ backend, url: MORTES[backend] }, REGLAGES_PAR_DEFAUT, muet);
    await expect(files.preparer()).rejects.toThrow();
    await files.fermer();
  });
});
