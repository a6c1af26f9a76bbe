import { describe, expect, test } from '@jest/globals';
import { champ, lireCellule, trouverColonne } from '@sillage/dispositif-kit';
import { Temporal } from '@sillage/kernel';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { decoder, ecrireRefus, lireFichier } from './fichier.js';
import { lireMoment } from './moment.js';

const champs = {
  titre: champ.texte({ libelle: 'Intitulé du projet', colonnes: ['Nom du projet'] }),
  montant: champ.montant({ libelle: 'Montant demandé' }),
  pret: champ.booleen({ libelle: 'Prêt' }),
  nature: champ.choix({ A: 'Première nature', B: 'Seconde' }, { libelle: 'Nature' }),
  le: champ.date({ libelle: 'Jour' }),
  depenses: champ.lignes(
    { libelle: champ.texte({ libelle: 'Libellé' }), montant: champ.montant({ libelle: 'Montant' }) },
    { libelle: 'Dépenses' },
  ),
};
const FIXES = ['Référence', 'SIRET', 'Territoires', 'Dépôt'];

const cellule = (texte: string): string => `"${texte.replaceAll('"', '""')}"`;
const ecrire = (rangees: readonly (readonly string[])[], separateur: string): string =>
  rangees.map((rangee) => rangee.map(cellule).join(separateur)).join('\r\n');
/** What a spreadsheet writes: no control character but the ends of lines. */
const texte = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((t) => !/[\p{Cc}]/u.test(t));

describe('A file of candidatures', () => {
  test('says each cell word for word, whatever the separator, the mark and the encoding', () => {
    fc.assert(
      fc.property(
        fc.array(texte, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(';', ','),
        fc.boolean(),
        (titres, sep, bom) => {
          const rangees = titres.map((titre, rang) => [`R${rang}`, '1', 'T', 'D', titre]);
          const contenu = `${bom ? '\uFEFF' : ''}${ecrire([[...FIXES, 'Nom du projet'], ...rangees], sep)}`;
          const lu = lireFichier(decoder(Buffer.from(contenu, 'utf8'), []), champs, []);
          expect(lu.lignes.map((l) => l.champs['titre'])).toEqual(titres.map((t) => t.trim() || null));
          expect(lu.lignes.map((l) => l.communes.reference)).toEqual(titres.map((_, rang) => `R${rang}`));
        },
      ),
    );
    const windows = Buffer.from(
      ecrire(
        [
          [...FIXES, 'titre'],
          ['R', '1', 'T', 'D', '\u0080 d’été'],
        ],
        ';',
      ).replace('’', '\u0092'),
      'latin1',
    );
    expect(lireFichier(decoder(windows, []), champs, []).lignes[0]?.champs['titre']).toBe('€ d’été');
  });

  test('is read or refused, never a fault, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, entete) => {
        const debut = entete ? Buffer.from('Référence;SIRET;Territoires;Dépôt\n') : Buffer.alloc(0);
        try {
          lireFichier(decoder(Buffer.concat([debut, octets]), ['x']), champs, ['x']);
        } catch (erreur) {
          expect(erreur).toMatchObject({ erreurs: [{ code: 'VALEUR_INVALIDE', regle: 'AMB-166' }] });
        }
      }),
    );
  });

  test('a control character is its row’s, at its column; another kind of file is refused as a whole', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...'\u0001\u0008\u000b\u000c\u001f\u0080\u0085\u009f'),
        fc.nat(4),
        fc.nat(6),
        texte,
        (intrus, colonne, rang, avant) => {
          const rangees = Array.from({ length: 7 }, (_, n) => [`R${n}`, '1', 'T', 'D', 'x', 'y']);
          rangees[rang]![colonne] = `${avant}${intrus}x`;
          const entete = [...FIXES, 'titre', 'Ailleurs'];
          const { lignes } = lireFichier(ecrire([entete, ...rangees], ';'), champs, []);
          expect(lignes.map(({ illisibles }) => illisibles)).toEqual(
            rangees.map((_, n) => (n === rang ? [entete[colonne]] : [])),
          );
        },
      ),
    );
    // A column that nobody reads refuses nothing.
    const [lue] = lireFichier(
      ecrire(
        [
          [...FIXES, 'Ailleurs'],
          ['R', '1', 'T', 'D', '\u0001'],
        ],
        ';',
      ),
      champs,
      [],
    ).lignes;
    expect(lue?.illisibles).toEqual([]);
    const bon = ecrire([FIXES, ['R', '1', 'T', 'D']], ';');
    for (const autre of [`${bon}\0`, `\u0003${bon}`])
      expect(() => lireFichier(autre, champs, [])).toThrow(/pas un texte/);
  });

  test('finds fields by key, label and declared names, rows included', () => {
    expect(trouverColonne(champs, ' INTITULE du projet')).toMatchObject({ champ: 'titre' });
    expect(trouverColonne(champs, 'Dépenses 2 - Montant')).toMatchObject({
      champ: 'depenses',
      rang: 1,
      sousChamp: 'montant',
    });
    for (const inconnue of ['', 'Dépenses', 'Dépenses 0 montant', 'Dépenses 51 montant', 'constructor']) {
      expect(trouverColonne(champs, inconnue)).toBeNull();
    }
  });

  test.each([
    ['montant', '52 000,5 €', '52000.5'],
    ['montant', '1\u202f234', '1234'],
    ['montant', 'gratuit', 'gratuit'],
    ['pret', 'Oui', true],
    ['pret', 'NON', false],
    ['pret', 'peut-être', 'peut-être'],
    ['nature', 'premiere nature', 'A'],
    ['nature', 'b', 'B'],
    ['le', '15/02/2026', '2026-02-15'],
    ['titre', '  ', null],
  ] as const)('%s: « %s »', (nom, dit, lu) => {
    expect(lireCellule(champs[nom], dit)).toBe(lu);
  });

  test('what is exported never begins as a formula', () => {
    const nul = fc.option(fc.string().map((t) => t.trim()));
    const piege = fc.tuple(fc.constantFrom('=', '+', '-', '@'), fc.string()).map(([c, t]) => `${c}${t}`);
    const refus = fc.record({ ligne: fc.nat(), reference: piege, colonne: nul, code: nul, message: piege, regle: nul });
    fc.assert(
      fc.property(fc.array(refus, { minLength: 1 }), (refusees) => {
        const rangees = parse(ecrireRefus(refusees), { delimiter: ';', from: 2 });
        for (const cellules of rangees) for (const dit of cellules) expect(dit).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe('The hour of a deposit', () => {
  test.each([
    ['15/02/2026 23:59:59', '2026-02-15T22:59:59Z'],
    ['15/02/2026 à 23h59', '2026-02-15T22:59:00Z'],
    ['2026-07-01 08:00', '2026-07-01T06:00:00Z'],
    ['2026-02-15T23:59:59+01:00', '2026-02-15T22:59:59Z'],
    // Twice that night: the first.
    ['25/10/2026 02:30:00', '2026-10-25T00:30:00Z'],
  ])('%s', (dit, lu) => {
    expect(lireMoment(dit).toString()).toBe(lu);
  });

  test.each(['', '15/02/2026', '31/02/2026 10:00', '15/02/2026 24:00', '15/02/26 10:00', 'hier'])(
    'not « %s »',
    (dit) => {
      expect(() => lireMoment(dit)).toThrow();
    },
  );

  test('is Paris’s, to the second, on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_900_000_000 }), (secondes) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(secondes * 1000);
        const ici = instant.toZonedDateTimeISO('Europe/Paris');
        const lu = lireMoment(ici.toPlainDateTime().toString({ smallestUnit: 'second' }));
        // The hour that comes twice is read as its first.
        expect([0, 3600]).toContain(instant.since(lu).total('seconds'));
      }),
    );
  });
});
