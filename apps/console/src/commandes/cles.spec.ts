import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClesInaccessibles, ClesMaitres } from '@sillage/access';
import { horlogeSysteme } from '@sillage/kernel';
import { type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { avecCoffre } from '../coffre.js';
import { type Commande, RefusConsole } from '../commande.js';
import { clesReenvelopper } from './cles-reenvelopper.js';
import { clesRenouveler } from './cles-renouveler.js';

const [ANCIENNE, NOUVELLE] = [randomBytes(32), randomBytes(32)].map((cle) => cle.toString('base64')) as [
  string,
  string,
];
const NOMS = ['DATABASE_URL', 'CLE_MAITRE', 'CLES_MAITRES_ANCIENNES'] as const;

let base: BaseEssai;
let dit: string[];
beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62', '99'] });
  environner(ANCIENNE);
  await avecCoffre(base.urlApp, async ({ unites, cles }) => {
    for (const departementId of ['62', '99']) {
      const { enveloppe, cleMaitreId } = cles.tirer(departementId, 1);
      await unites.executer(departementId, (em) =>
        em.query(
          `insert into sillage.cle_departement (departement_id, version, id, enveloppe, cle_maitre_id, creee_le)
           values ($1, 1, uuidv7(), $2, $3, $4)`,
          [departementId, enveloppe, cleMaitreId, horlogeSysteme.maintenant().toString()],
        ),
      );
    }
  });
});
beforeEach(() => {
  dit = [];
  jest.spyOn(console, 'log').mockImplementation((ligne: string) => void dit.push(ligne));
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const nom of NOMS) delete process.env[nom];
});
afterAll(() => base?.supprimer());

function environner(CLE_MAITRE: string, CLES_MAITRES_ANCIENNES = ''): void {
  Object.assign(process.env, { DATABASE_URL: base.urlApp, CLE_MAITRE, CLES_MAITRES_ANCIENNES });
}

function lancer(commande: Commande, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  return commande.executer({ arguments: [], options });
}

function versions(departementId: string): Promise<unknown> {
  return avecCoffre(base.urlApp, ({ unites }) =>
    unites.lecture(departementId, (em) =>
      em.query('select version, enveloppe is null as detruite from sillage.cle_departement order by version'),
    ),
  );
}

describe('cles:reenvelopper, puis cles:renouveler', () => {
  it('refuse sans l’ancienne clé maître ; avec elle, enveloppe tout avec la nouvelle, qui suffit', async () => {
    environner(NOUVELLE);
    await expect(lancer(clesReenvelopper)).rejects.toBeInstanceOf(ClesInaccessibles);
    environner(NOUVELLE, ANCIENNE);
    await lancer(clesReenvelopper);
    const { couranteId } = new ClesMaitres({ courante: NOUVELLE });
    expect(dit).toEqual([`2 clé(s) enveloppée(s) avec la clé maître ${couranteId}.`]);
    environner(NOUVELLE);
    await lancer(clesReenvelopper);
    expect(dit.at(-1)).toMatch(/^0 clé/);
  });

  it('donne une nouvelle clé à un département, et à lui seul', async () => {
    environner(NOUVELLE);
    await lancer(clesRenouveler, { departement: '62', attente: '0' });
    expect(dit.at(0)).toBe('… version 2 en service');
    expect(dit.at(-1)).toBe('Le département 62 n’emploie plus que la clé version 2.');
    expect(await versions('62')).toEqual([
      { version: 1, detruite: true },
      { version: 2, detruite: false },
    ]);
    expect(await versions('99')).toEqual([{ version: 1, detruite: false }]);
  });

  it.each([
    [{}, 'Quel département ?'],
    [{ departement: '75' }, 'Le département 75 n’est pas dans cette base.'],
    [{ departement: '62', attente: 'x' }, '--attente demande un nombre entier'],
  ])('%j : refusé', async (options, message) => {
    environner(NOUVELLE);
    const refus = lancer(clesRenouveler, options);
    await expect(refus).rejects.toBeInstanceOf(RefusConsole);
    await expect(refus).rejects.toThrow(message);
  });

  it('sans la bonne clé maître, refuse avant de rien changer', async () => {
    environner(ANCIENNE);
    await expect(lancer(clesRenouveler, { departement: '99' })).rejects.toBeInstanceOf(ClesInaccessibles);
    expect(await versions('99')).toEqual([{ version: 1, detruite: false }]);
  });
});
