import { describe, expect, it } from '@jest/globals';
import { type ErreurMetier, Refus } from '@sillage/kernel';
import { ERREURS_DITES, LIGNES_MAX, lireRetour } from './fichier.js';

const ENTETE = 'bordereau;versement;montant;resultat;date;motif';
const ligne = (rang: number, resultat = 'PAYE', motif = ''): string =>
  `BORD-62-2026-000001;VERS-62-2026-${String(rang).padStart(6, '0')};600.00;${resultat};2026-02-02;${motif}`;
const fichier = (...lignes: string[]): string => [ENTETE, ...lignes].join('\n');
const lignes = (nombre: number, faire: (rang: number) => string = ligne): string[] =>
  Array.from({ length: nombre }, (_, rang) => faire(rang));

function refuser(contenu: string): readonly ErreurMetier[] {
  try {
    lireRetour(contenu);
  } catch (erreur) {
    if (erreur instanceof Refus) return erreur.erreurs;
    throw erreur;
  }
  return [];
}
const dit = ({ code, path, message }: ErreurMetier): string => `${code} ${path.join('.')} ${message}`;

describe('A return file', () => {
  it('is read line by line, whatever the order and the case of its columns, and with columns of its own', () => {
    const lues = lireRetour(
      `\uFEFFDate;Motif;RESULTAT;montant;versement;bordereau;guichet;guichet;\r\n2026-02-02;"Clos ; à vérifier";REJETE;600.00;V-1;B-1;a;b;\r\n`,
    );
    expect(lues).toMatchObject([
      { ligne: 2, bordereau: 'B-1', versement: 'V-1', resultat: 'REJETE', motif: 'Clos ; à vérifier' },
    ]);
    expect(lues[0]?.montant.toString()).toBe('600.00');
  });

  it('holds no more lines than a bordereau', () => {
    expect(lireRetour(fichier(...lignes(LIGNES_MAX)))).toHaveLength(LIGNES_MAX);
    expect(refuser(fichier(...lignes(LIGNES_MAX + 1))).map(dit)).toEqual([
      expect.stringMatching(/^VALEUR_INVALIDE input\.contenu .*plus de 500 lignes : découpez-le/),
    ]);
  });

  it('is given up before its lines are read when there are too many, right or wrong', () => {
    const enTrop = fichier(...lignes(15_000, () => 'a;b;c;d;e;f'), '"');
    expect(refuser(enTrop).map(dit)).toEqual([expect.stringMatching(/plus de 500 lignes/)]);
  });

  it('has its first faults told, and the number of the others', () => {
    const fautives = (nombre: number) => refuser(fichier(...lignes(nombre, (rang) => ligne(rang, 'OUI'))));
    expect(fautives(ERREURS_DITES)).toHaveLength(ERREURS_DITES);
    const erreurs = fautives(LIGNES_MAX);
    expect(erreurs).toHaveLength(ERREURS_DITES + 1);
    expect(dit(erreurs[0]!)).toMatch(/^VALEUR_INVALIDE input\.contenu\.2\.resultat /);
    expect(dit(erreurs.at(-1)!)).toBe(
      'VALEUR_INVALIDE input.contenu Le fichier a 450 autres fautes, qui ne sont pas montrées : corrigez celles-ci, puis renvoyez-le.',
    );
    expect(fautives(ERREURS_DITES + 1).at(-1)?.message).toMatch(/^Le fichier a une autre faute, qui n’est pas montrée/);
  });

  it('names each of its columns once', () => {
    const deux = `bordereau;versement;montant;resultat;date;motif;Resultat\n${ligne(1)};REJETE`;
    expect(refuser(deux).map(dit)).toEqual([
      expect.stringMatching(/^VALEUR_INVALIDE input\.contenu .*en-tête.* deux fois : resultat\./),
    ]);
    const manque = 'bordereau;versement;montant;montant;date;motif\n';
    expect(refuser(manque).map(dit)).toEqual([expect.stringMatching(/Il manque à l’en-tête : resultat/)]);
  });

  it.each([
    ['too few columns', ligne(2).split(';').slice(0, 3).join(';'), /3 colonnes.* 6/],
    ['one column', 'BORD-62-2026-000001', /1 colonne,.* 6/],
    ['too many columns', `${ligne(2)};de;trop`, /8 colonnes.* 6/],
  ])('says which line has %s', (_, fautive, message) => {
    const [erreur, ...autres] = refuser(fichier(ligne(1), fautive, ligne(3)));
    expect(autres).toEqual([]);
    expect(erreur).toMatchObject({ code: 'VALEUR_INVALIDE', path: ['input', 'contenu', '3'] });
    expect(erreur?.message).toMatch(message);
  });

  it('says which line has a quotation mark that does not end, or that ends too soon', () => {
    for (const fautive of [ligne(2, 'REJETE', '"Clos'), ligne(2, 'REJETE', '"Clos" ou non')]) {
      expect(refuser(fichier(ligne(1), fautive))).toMatchObject([
        { code: 'VALEUR_INVALIDE', path: ['input', 'contenu', '3'], message: expect.stringContaining('guillemet') },
      ]);
    }
  });

  it.each(['', '   ', '\u00a0', '\u200b', '\u00a0 \u200b', '\u2060\u00ad'])('is given no reason by %j', (motif) => {
    expect(refuser(fichier(ligne(1, 'REJETE', motif))).map(dit)).toEqual([
      'VALEUR_INVALIDE input.contenu.2.motif Un rejet dit pourquoi.',
    ]);
  });
});
