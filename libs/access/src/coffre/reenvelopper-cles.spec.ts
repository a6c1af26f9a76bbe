import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BaseCoffre, cleMaitre, ouvrirBaseCoffre } from '../../test/base-coffre.js';
import { ClesMaitres } from './cles-maitres.js';
import { exigerClesAccessibles } from './controle-des-cles.js';
import { reenvelopperCles } from './reenvelopper-cles.js';

const [ANCIENNE, NOUVELLE, PERDUE] = [cleMaitre(), cleMaitre(), cleMaitre()] as const;
const AVANT = new ClesMaitres({ courante: ANCIENNE, anciennes: [NOUVELLE] });
const APRES = new ClesMaitres({ courante: NOUVELLE, anciennes: [ANCIENNE] });
const SEULE = new ClesMaitres({ courante: NOUVELLE });

let banc: BaseCoffre;
beforeAll(async () => {
  banc = await ouvrirBaseCoffre(8, ['62', '59', '99']);
});
afterAll(() => banc?.fermer());

function reenvelopper(departements: readonly string[], cles = APRES): Promise<number> {
  return reenvelopperCles({ unites: banc.unites, horloge: banc.horloge, cles, departements });
}

function exiger(cles: ClesMaitres): Promise<void> {
  return exigerClesAccessibles(banc.source, banc.unites, cles);
}

describe('Changer de clé maître', () => {
  it('se fait pendant que des processus des deux époques lisent et écrivent, puis l’ancienne ne sert plus', async () => {
    const [avant, apres] = [banc.replique(AVANT), banc.replique(APRES)];
    const ids = [await banc.inserer(avant, '62', 'texte 0'), await banc.inserer(avant, '62', 'texte 1')];
    let fini = false;
    const travailler = async (coffre: typeof avant): Promise<void> => {
      for (let n = 0; !fini; n += 1) {
        ids.push(await banc.inserer(coffre, '62', `texte ${n}`));
        await banc.lire(coffre, '62', ids[n % ids.length]!);
      }
    };
    const autres = [travailler(avant), travailler(apres), travailler(banc.replique(APRES))];
    try {
      expect(await reenvelopper(['62', '99'])).toBe(1);
      expect(await reenvelopper(['62', '99'])).toBe(0);
      // Back and forth: what is in memory follows.
      for (const cles of [AVANT, APRES, AVANT, APRES]) expect(await reenvelopper(['62'], cles)).toBe(1);
    } finally {
      fini = true;
      await Promise.all(autres);
    }
    expect(await banc.cles('62')).toMatchObject([{ version: 1, maitre: SEULE.couranteId }]);
    const seule = banc.replique(SEULE);
    for (const id of ids) expect(await banc.lire(seule, '62', id)).toMatch(/^texte \d+$/);
    await exiger(SEULE);
  });

  it('fait ce qui peut l’être, puis dit ce qui ne s’ouvre pas, et pourquoi', async () => {
    const perdue = new ClesMaitres({ courante: PERDUE });
    await banc.inserer(banc.replique(perdue), '59', 'x');
    await banc.inserer(banc.replique(AVANT), '99', 'x');
    const manque = new RegExp(
      `^La clé maître ${perdue.couranteId} manque .* du département 59 .*CLES_MAITRES_ANCIENNES.*$`,
    );
    await expect(reenvelopper(['59', '62', '99'])).rejects.toMatchObject({ lignes: [expect.stringMatching(manque)] });
    expect(await banc.cles('99')).toMatchObject([{ maitre: SEULE.couranteId }]);
    await expect(exiger(SEULE)).rejects.toMatchObject({ lignes: [expect.stringMatching(manque)] });

    await banc.unites.executer('62', (em) =>
      em.query(
        `update sillage.cle_departement set enveloppe = substring(enveloppe from 2) || '\\x00' where departement_id = '62'`,
      ),
    );
    const toutes = new ClesMaitres({ courante: NOUVELLE, anciennes: [PERDUE] });
    await expect(exiger(toutes)).rejects.toMatchObject({
      lignes: [expect.stringMatching(/^La clé version 1 du département 62 est altérée dans la base : restaurez/)],
    });
  });
});
