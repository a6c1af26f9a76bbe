import { describe, expect, it } from '@jest/globals';
import { CODES_ERREUR } from './codes-erreur.js';
import type { CodeErreur } from './codes-erreur.js';
import { CODES_PROTOCOLE } from './codes-protocole.js';
import { documentErreurs } from './documentation-erreurs.js';
import { ErreurValeur, Refus } from './erreurs.js';

const TABLES = [
  ['CODES_ERREUR', CODES_ERREUR],
  ['CODES_PROTOCOLE', CODES_PROTOCOLE],
] as const;

describe('Refus', () => {
  it('carries one error, with a path and a rule or neither', () => {
    expect(
      Refus.de('APPEL_CLOS', 'L’appel est clos.', { path: ['input', 'appelId'], regle: 'ASE-CAL-01' }).erreurs,
    ).toEqual([{ code: 'APPEL_CLOS', message: 'L’appel est clos.', path: ['input', 'appelId'], regle: 'ASE-CAL-01' }]);
    expect(Refus.de('INTROUVABLE', 'Candidature introuvable.').erreurs).toEqual([
      { code: 'INTROUVABLE', message: 'Candidature introuvable.', path: [], regle: null },
    ]);
  });

  it('is an Error whose message names every code', () => {
    const refus = new Refus([
      { code: 'CHAMP_OBLIGATOIRE', message: 'Indiquez les ETP.', path: ['etp'], regle: null },
      { code: 'PIECE_MANQUANTE', message: 'Joignez le CV.', path: [], regle: 'ASE-WF-10' },
    ]);
    expect(refus).toBeInstanceOf(Error);
    expect([refus.name, refus.message]).toEqual([
      'Refus',
      'CHAMP_OBLIGATOIRE : Indiquez les ETP.\nPIECE_MANQUANTE : Joignez le CV.',
    ]);
  });

  it('always says why', () => {
    expect(() => new Refus([])).toThrow(ErreurValeur);
  });
});

describe('codes', () => {
  it.each(TABLES)('%s: each has a name, a meaning and a way out, as sentences that fit in a table', (_, codes) => {
    for (const [code, { description, suite }] of Object.entries(codes)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      for (const texte of [description, suite]) {
        expect(texte).toMatch(/^[A-ZÀÉÊÎÔ].*\.$/);
        expect(texte).not.toMatch(/[|\n'<]/);
      }
    }
  });

  it('holds the codes that the API promises', () => {
    const promis: CodeErreur[] = [
      'VALEUR_INVALIDE',
      'CHAMP_OBLIGATOIRE',
      'INTROUVABLE',
      'ACTION_INTERDITE',
      'DISPOSITIF_INACTIF',
      'DISPOSITIF_INCONNU',
      'APPEL_NON_OUVERT',
      'APPEL_CLOS',
      'ETAT_INCOMPATIBLE',
      'PIECE_MANQUANTE',
      'PIECE_REFUSEE',
      'TICKET_INVALIDE',
      'MONTANT_SUPERIEUR_AU_PLAFOND',
      'SOLDE_INSUFFISANT',
      'DUREE_SUPERIEURE_AU_MAXIMUM',
      'REGLE_NON_RESPECTEE',
      'A_CONFIRMER',
      'CONFLIT_DE_VERSION',
      'IDEMPOTENCE_CONFLIT',
      'SIRET_INVALIDE',
      'DOUBLON',
      'PERIODE_INVALIDE',
      'PARAMETRE_INCONNU',
      'PARAMETRE_AMBIGU',
      'AUTEUR_VALIDEUR_IDENTIQUES',
      'TERRITOIRE_HORS_APPEL',
      'PAGE_TROP_GRANDE',
      'CURSEUR_INVALIDE',
    ];
    expect(Object.keys(CODES_ERREUR)).toEqual(promis);
  });
});

describe('documentErreurs', () => {
  it('prints every code once in its own table, with its meaning and its way out', () => {
    const [avant = '', apres = ''] = documentErreurs().split('## Fautes de protocole');
    for (const [page, codes] of [
      [avant, CODES_ERREUR],
      [apres, CODES_PROTOCOLE],
    ] as const) {
      const lignes = page.split('\n').filter((ligne) => ligne.startsWith('| `'));
      expect(lignes).toEqual(
        Object.entries(codes).map(([code, { description, suite }]) => `| \`${code}\` | ${description} | ${suite} |`),
      );
    }
  });

  it('is a page with a title, ending with one line break', () => {
    expect(documentErreurs()).toMatch(/^# Codes d’erreur\n\n[^]*[^\n]\n$/);
  });
});
