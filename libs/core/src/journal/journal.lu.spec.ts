import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { type Role, ROLES } from '@sillage/kernel';
import { v7 as uuidv7 } from 'uuid';
import { type Banc, monterBanc } from '../../test/banc.js';
import { idOpaque } from '../api/index.js';
import { JournalService } from './index.js';

let banc: Banc;
let siege: ContexteActeur;
let dpd: ContexteActeur;
const [convention, bilan, tache] = [uuidv7(), uuidv7(), uuidv7()];

interface Ligne {
  readonly le: string;
  readonly action: string;
  readonly objetId: string;
  readonly rang: number | null;
  readonly empreinte: string | null;
  readonly acteur: { readonly genre: string; readonly utilisateurId: string | null; readonly libelle: string | null };
}
const CHAMPS = `le action objetType objetId regles details requeteId rang empreinte acteur { genre utilisateurId libelle }`;
const lire = async (contexte: ContexteActeur, filtres = ''): Promise<Ligne[]> => {
  const { journal } = await banc.demander<{ journal: { nodes: Ligne[] } }>(
    contexte,
    `{ journal${filtres === '' ? '' : `(${filtres})`} { nodes { ${CHAMPS} } } }`,
  );
  return journal.nodes;
};
const actions = async (filtres: string, contexte = dpd): Promise<string[]> =>
  (await lire(contexte, filtres)).map(({ action }) => action);

beforeAll(async () => {
  banc = await monterBanc();
  siege = await banc.acteur('SIEGE');
  dpd = await banc.acteur('DPD');
  const autre = await banc.acteur('SIEGE', { departementId: '99' });
  await banc.vider('journal', 'journal_chaine');
  const journal = banc.app.get(JournalService, { strict: false });
  const ecrire = (le: string, auteur: ContexteActeur, action: string, objetType: string, objetId: string) => {
    banc.horloge.avancerA(le);
    return banc.unites.executer(auteur.departementId, (em) =>
      journal.ecrire(em, auteur, { action, objetType, objetId, regles: ['TRANS-09'], details: { n: 1.5 } }),
    );
  };
  await ecrire('2026-03-01T23:59:59.5+01:00', siege, 'signer', 'Convention', convention);
  await ecrire('2026-03-02T00:00:00+01:00', { ...siege, requeteId: 'req-2' }, 'rouvrir', 'Bilan', bilan);
  // The day of the change of hour.
  await ecrire('2026-03-29T23:59:59+02:00', siege, 'signer', 'Bilan', bilan);
  await banc.unites.executer('62', (em) =>
    journal.ecrire(
      em,
      { departementId: '62', jobId: 'job-1' },
      { action: 'avancer', objetType: 'Tache', objetId: tache },
    ),
  );
  await ecrire('2026-03-30T00:00:00+02:00', autre, 'ailleurs', 'Convention', convention);
});
afterAll(() => banc?.fermer());

describe('le journal', () => {
  it('dit qui a fait quoi, quand, à quoi, selon quelle règle, et sa place dans la chaîne', async () => {
    const [ligne] = await lire(dpd, `objetId: "${idOpaque('Convention', convention)}"`);
    const [maillon] = await banc.lignes<{ empreinte: string }>(
      '62',
      `select encode(empreinte, 'hex') as empreinte from sillage.journal_chaine where rang = 1`,
    );
    expect(ligne).toEqual({
      le: '2026-03-01T22:59:59.5Z',
      action: 'signer',
      objetType: 'Convention',
      objetId: idOpaque('Convention', convention),
      regles: ['TRANS-09'],
      details: { n: 1.5 },
      requeteId: 'essai',
      rang: 1,
      empreinte: maillon?.empreinte,
      acteur: {
        genre: 'UTILISATEUR',
        utilisateurId: idOpaque('Utilisateur', siege.acteur.utilisateurId),
        libelle: 'SIEGE d’essai',
      },
    });
  });

  it('va du plus récent au plus ancien, par pages', async () => {
    expect(await actions('')).toEqual(['avancer', 'signer', 'rouvrir', 'signer']);
    const vues: string[] = [];
    let apres = '';
    for (let page = 0; page < 4; page++) {
      const { journal } = await banc.demander<{
        journal: { totalCount: number; pageInfo: { endCursor: string }; nodes: { action: string }[] };
      }>(dpd, `{ journal(first: 1${apres}) { totalCount pageInfo { endCursor } nodes { action } } }`);
      expect(journal.totalCount).toBe(4);
      vues.push(...journal.nodes.map(({ action }) => action));
      apres = `, after: "${journal.pageInfo.endCursor}"`;
    }
    expect(vues).toEqual(['avancer', 'signer', 'rouvrir', 'signer']);
  });

  it('se filtre par période, à la journée de Paris, bornes comprises', async () => {
    expect(await actions('du: "2026-03-02"')).toEqual(['avancer', 'signer', 'rouvrir']);
    expect(await actions('au: "2026-03-01"')).toEqual(['signer']);
    expect(await actions('du: "2026-03-29", au: "2026-03-29"')).toEqual(['avancer', 'signer']);
    expect(await actions('du: "2026-03-30"')).toEqual([]);
  });

  it('se filtre par acteur, action, objet et requête', async () => {
    expect(await actions(`acteurId: "${idOpaque('Utilisateur', siege.acteur.utilisateurId)}"`)).toHaveLength(3);
    expect(await actions(`acteurId: "${idOpaque('Utilisateur', dpd.acteur.utilisateurId)}"`)).toEqual([]);
    expect(await actions('action: "signer"')).toEqual(['signer', 'signer']);
    expect(await actions('objetType: "Bilan", action: "signer"')).toEqual(['signer']);
    expect(await actions(`objetId: "${idOpaque('Bilan', bilan)}"`)).toEqual(['signer', 'rouvrir']);
    // The same uuid under another type is another object.
    expect(await actions(`objetId: "${idOpaque('Convention', bilan)}"`)).toEqual([]);
    expect(await actions('requeteId: "req-2"')).toEqual(['rouvrir']);
    expect(await actions('requeteId: "job-1"')).toEqual(['avancer']);
  });

  it.each([
    ['acteurId: "Convention-x"', 'INTROUVABLE'],
    ['objetId: "Convention"', 'INTROUVABLE'],
  ])('refuse %s', async (filtre, code) => {
    await expect(actions(filtre)).rejects.toMatchObject({ erreurs: [{ code }] });
  });

  it('ne dit rien d’une ligne que la chaîne ne tient pas', async () => {
    const [ligne] = await lire(dpd, 'action: "rouvrir"');
    expect(ligne?.rang).toBe(2);
    await banc.vider('journal_chaine');
    expect(await lire(dpd, 'action: "rouvrir"')).toMatchObject([{ rang: null, empreinte: null }]);
  });
});

describe('qui le lit', () => {
  const LECTEURS: readonly Role[] = ['SIEGE', 'DPD'];

  it.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const lignes = await lire(await banc.acteur(role));
    expect(lignes.filter(({ action }) => action === 'signer')).toHaveLength(LECTEURS.includes(role) ? 2 : 0);
    if (!LECTEURS.includes(role)) expect(lignes).toEqual([]);
    // Names are for the DPD alone.
    const noms = new Set(lignes.filter(({ action }) => action === 'signer').map(({ acteur }) => acteur.libelle));
    expect([...noms]).toEqual(role === 'DPD' ? ['SIEGE d’essai'] : role === 'SIEGE' ? [null] : []);
  });

  it('personne hors de son département, ni par une habilitation limitée à un dispositif', async () => {
    const ailleurs = await banc.acteur('DPD', { departementId: '99' });
    expect(await actions('objetType: "Convention"', ailleurs)).toEqual(['ailleurs']);
    expect(await lire(await banc.acteur('DPD', { dispositifs: ['essai'] }))).toEqual([]);
  });
});
