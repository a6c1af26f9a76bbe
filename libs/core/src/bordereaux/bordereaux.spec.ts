import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { ErreurMetier } from '@sillage/kernel';
import { avecClient } from '../../../../test/support/index.js';
import { type Banc, monterBanc } from '../../test/banc.js';

let banc: Banc;
let siege: ContexteActeur;
beforeAll(async () => {
  banc = await monterBanc();
  siege = await banc.acteur('SIEGE');
});
afterAll(() => banc?.fermer());

const RETOUR = [
  'bordereau;versement;montant;resultat;date;motif',
  'BORD-62-2026-000001;VERS-62-2026-000001;600.00;PAYE;2026-02-02;',
].join('\n');

async function demander(mutation: string, input: object, contexte = siege): Promise<string[]> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { r: ${mutation}(input: $input) { errors { code path message } } }`;
  const { r } = await banc.demander<{ r: { errors: ErreurMetier[] } }>(contexte, document, { input });
  return r.errors.map(({ code, path, message }) => `${code} ${path.join('.')} ${message}`);
}
const importer = (contexte = siege) => demander('bordereauRetourImporter', { contenu: RETOUR }, contexte);
const emettre = () => demander('bordereauEmettre', {});

/** Another transaction of this département is at it, for as long as the work lasts. */
async function pendantUnImport<T>(departementId: string, travail: () => Promise<T>): Promise<T> {
  return avecClient(banc.base.urlAdmin, async (client) => {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended('bordereau ' || $1, 0))`, [departementId]);
    try {
      return await travail();
    } finally {
      await client.query('rollback');
    }
  });
}

const INCONNU = 'VALEUR_INVALIDE input.contenu.2.bordereau Aucun bordereau';
const RIEN = 'ETAT_INCOMPATIBLE  Aucun versement ordonnancé';
const EN_COURS = 'Un envoi ou un import est en cours dans ce département : recommencez dans un instant.';

describe('Bordereaux of a département, one at a time', () => {
  it('what would wait for long is refused instead, and its transaction goes with it', async () => {
    const debut = performance.now();
    const [imports, envois] = await pendantUnImport('62', () => Promise.all([importer(), emettre()]));
    expect(imports).toEqual([`ETAT_INCOMPATIBLE input.contenu ${EN_COURS}`]);
    expect(envois).toEqual([`ETAT_INCOMPATIBLE input ${EN_COURS}`]);
    // PostgreSQL gives up any statement after thirty seconds.
    expect(performance.now() - debut).toBeLessThan(15_000);
    expect(await importer()).toEqual([expect.stringContaining(INCONNU)]);
    expect(await emettre()).toEqual([expect.stringContaining(RIEN)]);
  });

  it('what waits for little is done', async () => {
    let premier: Promise<string[]> | undefined;
    await pendantUnImport('62', async () => {
      premier = importer();
      await new Promise((suite) => setTimeout(suite, 200));
    });
    expect(await premier).toEqual([expect.stringContaining(INCONNU)]);
  });

  it('another département waits for nothing', async () => {
    const autre = await banc.acteur('SIEGE', { departementId: '99' });
    expect(await pendantUnImport('62', () => importer(autre))).toEqual([expect.stringContaining(INCONNU)]);
  });
});
