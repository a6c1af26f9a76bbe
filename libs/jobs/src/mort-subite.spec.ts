import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { attendre, ouvrirBanc } from '../test/banc.js';
import type { Banc } from '../test/banc.js';
import { surChaqueFile } from '../test/chaque-file.js';
import { effetDouble } from '../test/poste.js';
import { tuerA, tuerAChaqueEtape } from '../test/tuer.js';
import type { EssaiDeMort } from '../test/tuer.js';
import type { ReglagesJobs } from './reglages.js';

const PRINCIPAL = join(import.meta.dirname, '../test/ouvrier-essai.ts');
/** Nothing periodic during a victim's short life: its steps are those of the job. */
const TRANQUILLE: Partial<ReglagesJobs> = {
  sondageMs: 60_000,
  republicationMs: 60_000,
  verrouMs: 30_000,
  calageMs: 30_000,
};

/** Steps that no run can do without: sent, then answered. */
const PASSAGES = {
  envoi: ['pg commit'],
  accuse: ['set publie_le', "set etat = 'TRAITE'", 'insert into sillage.effet_essai', 'pg commit'],
};
const PASSAGES_DE_LA_FILE = {
  postgres: ['add_jobs_bulk', 'move_to_active', 'move_to_completed'],
  redis: ['redis pipeline', 'redis evalsha'],
};

surChaqueFile('kill -9', (backend) => {
  let bancs: Banc[];

  beforeAll(async () => {
    bancs = await Promise.all([ouvrirBanc(backend), ouvrirBanc(backend)]);
  });
  afterAll(() => Promise.all(bancs.map((banc) => banc.fermer())));

  const essaiSur = (banc: Banc): EssaiDeMort => ({
    principal: PRINCIPAL,
    env: { ESSAI: JSON.stringify({ urlApp: banc.urlApp, file: banc.file, reglages: TRANQUILLE }) },
    preparer: async () => {
      await banc.sql('truncate sillage.outbox, sillage.effet_essai');
      const poste = await banc.ouvrirPoste();
      await poste.files.preparer();
      await banc.perdreLaFile();
      await poste.unite.executer('62', (em) => poste.outbox.publier(em, effetDouble.pour('62', { objetId: 'x' })));
      await poste.fermer();
    },
    fait: async () => (await banc.sql(`select from sillage.outbox where etat = 'TRAITE'`)).length === 1,
    relever: async () => {
      const poste = await banc.ouvrirPoste({ reglages: { sondageMs: 50, republicationMs: 100 } });
      await poste.demarrer();
      await attendre(
        'le job relevé',
        async () => (await banc.sql(`select from sillage.outbox where etat <> 'TRAITE'`)).length === 0,
      );
      await poste.fermer();
    },
    verifier: async (etape) => {
      const effets = await banc.sql<{ objet: string }>('select objet from sillage.effet_essai order by objet');
      expect({ etape, effets }).toEqual({ etape, effets: [{ objet: 'x-a' }, { objet: 'x-b' }] });
    },
  });

  it('à chaque étape, avant et après la réponse : un effet exactement, aucun job perdu', async () => {
    const morts = await tuerAChaqueEtape([essaiSur(bancs[0]!), essaiSur(bancs[1]!)]);
    for (const mode of ['envoi', 'accuse'] as const) {
      const textes = morts.filter((mort) => mort.mode === mode).map(({ texte }) => texte);
      for (const passage of [...PASSAGES[mode], ...PASSAGES_DE_LA_FILE[backend]])
        expect(textes).toContainEqual(expect.stringContaining(passage));
    }
  }, 900_000);

  it('la file seule redonne le job d’un ouvrier mort, après l’expiration de son verrou', async () => {
    const banc = bancs[0]!;
    const essai = essaiSur(banc);
    // On Redis the time between two checks is kept by the server: the last to check sets it.
    const reglages = { ...TRANQUILLE, verrouMs: 1_000, calageMs: 300 };
    await essai.preparer();
    const env = { ESSAI: JSON.stringify({ urlApp: banc.urlApp, file: banc.file, reglages }) };
    const etape = { mode: 'accuse', texte: 'insert into sillage.effet_essai', occurrence: 1 } as const;
    expect(await tuerA(etape, { ...essai, env })).toBe(true);
    const mort = Date.now();
    const poste = await banc.ouvrirPoste({ reglages: { republicationMs: 3_600_000, verrouMs: 1_000, calageMs: 300 } });
    await poste.demarrer();
    await attendre('le job rendu par la file', essai.fait);
    await essai.verifier('vivant');
    expect(Date.now() - mort).toBeLessThan(1_000 + 2 * 300 + 3_000);
    expect(await banc.sql('select from sillage.outbox where publications = 1')).toHaveLength(1);
    await poste.fermer();
  }, 60_000);
});
