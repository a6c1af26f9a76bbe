import { describe, expect, it } from '@jest/globals';
import { Montant } from '@sillage/kernel';
import { champ } from './champ.js';
import { verifierConformite } from './conformite.js';
import { type Dispositif, definirDispositif } from './dispositif.js';
import { parametreAnneeDuPlafond } from './finance/plafond-annuel.js';
import { parametre } from './parametre.js';
import { documenterDispositif } from './documentation.js';
import { RegistreDispositifs } from './registre.js';

interface Ecart {
  valeurs?: readonly { du: string; au?: string; valeur: number }[];
  enveloppe?: 'enveloppe' | 'dureeMax';
  sansBilan?: boolean;
}

/** A dispositif with an envelope, a bilan and a payment that waits for it. */
function declarer({
  valeurs = [{ du: '2026-01-01', valeur: 6 }],
  enveloppe = 'enveloppe',
  sansBilan = false,
}: Ecart): Dispositif {
  const regle = 'TRANS-25';
  const explication = { libelle: 'Rien', resultat: '0' };
  return definirDispositif({
    code: 'essai',
    libelle: 'Essai',
    description: 'Éprouver la conformité.',
    version: '1',
    textes: ['Texte d’essai'],
    parametres: {
      dureeMax: parametre.mois(valeurs, { libelle: 'Durée au plus', regle: 'TRANS-09' }),
      enveloppe: parametre.montant([{ du: '2026-01-01', valeur: '1.00' }], { libelle: 'Enveloppe', regle: 'TRANS-10' }),
    },
    candidature: { regleFenetre: 'TRANS-03', champs: {}, recevabilite: [], avis: [] },
    convention: {
      termes: {},
      dureeMax: 'dureeMax',
      plafond: () => ({ montant: Montant.ZERO, explication }),
      regles: { duree: 'TRANS-09', plafond: 'TRANS-10' },
    },
    enveloppe: { montant: enveloppe, regle: 'TRANS-10' },
    ...(sansBilan
      ? {}
      : { bilan: { regle, champs: { jeunes: champ.entier({ libelle: 'Jeunes', regle: 'TRANS-26' }) } } }),
    versements: [
      {
        tranche: 'SOLDE',
        libelle: 'Solde',
        a: 'BILAN_CONFIRME',
        regle,
        calculer: () => ({ montant: Montant.ZERO, explication }),
      },
    ],
  });
}

describe('What the kit checks of a bilan, an envelope and dated values', () => {
  it('holds when all is there', () => {
    expect(verifierConformite(declarer({}))).toEqual([]);
    const ajoutees = [
      'TRANS-08',
      'TRANS-20',
      'TRANS-30',
      'AMB-033',
      'CONV-CAL-03',
      'CONV-DEL-01',
      'CONV-DEL-02',
      'CONV-PIECE-05',
      'TRANS-27',
      'AMB-034',
      'TRANS-05',
      'AMB-055',
      'AMB-056',
      'AMB-107',
      'AMB-165',
    ];
    // Those that the kit adds to every dispositif, and its own.
    const connues = new Set(['TRANS-03', 'TRANS-09', 'TRANS-10', 'TRANS-25', ...ajoutees]);
    expect(verifierConformite(declarer({}), connues)).toEqual([
      'essai : la règle TRANS-26 n’est pas dans le catalogue.',
    ]);
  });

  it('a payment that waits for a bilan needs one', () => {
    expect(verifierConformite(declarer({ sansBilan: true }))).toEqual([
      'essai : un versement attend un bilan, que la déclaration n’a pas.',
    ]);
  });

  it('an envelope is an amount', () => {
    expect(verifierConformite(declarer({ enveloppe: 'dureeMax' }))).toEqual([
      'essai : enveloppe.montant doit citer un paramètre en euros.',
    ]);
  });

  it('ages are whole numbers, and how their upper bound is read is a choice', () => {
    const age = { min: 'dureeMax', max: 'dureeMax', borneHaute: 'enveloppe', a: 'Entrée', regle: 'TRANS-17' };
    expect(verifierConformite({ ...declarer({}), age })).toEqual([
      'essai : age doit citer deux paramètres entiers.',
      'essai : age doit citer, pour sa borne haute, un paramètre au choix.',
    ]);
  });

  it('a new value may follow one without an end, and never share its first day, nor a closed period', () => {
    const [ouverte, fermee] = [
      { du: '2026-01-01', valeur: 6 },
      { du: '2026-01-01', au: '2026-12-31', valeur: 6 },
    ];
    expect(verifierConformite(declarer({ valeurs: [ouverte, { du: '2027-01-01', valeur: 12 }] }))).toEqual([]);
    for (const valeurs of [
      [ouverte, { ...ouverte, valeur: 12 }],
      [fermee, { du: '2026-12-31', valeur: 12 }],
    ])
      expect(verifierConformite(declarer({ valeurs }))).toEqual([
        'essai : le paramètre dureeMax a deux valeurs le même jour.',
      ]);
  });

  it('the page tells of them, and two dispositifs cannot share the bilan’s type', () => {
    const page = documenterDispositif(declarer({}));
    expect(page).toContain('Enveloppe de l’appel à projets : paramètre `enveloppe` (TRANS-10).');
    expect(page).toContain('## Bilan');
    const autre = { ...declarer({}), code: 'autre', schema: 'plugin_autre' };
    expect(() => new RegistreDispositifs([declarer({}), autre])).toThrow(
      'type GraphQL « BilanEssai » : revendiqué par',
    );
  });
});

describe('What the kit checks of limits across conventions', () => {
  const de = (d: Dispositif, cles: { montant: string; annee: string; depuis: string }): Dispositif => ({
    ...d,
    convention: { ...d.convention, plafondAnnuel: { ...cles, regle: 'CLLAJ-FIN-01' } },
  });

  it('a cap by year cites an amount, a choice and a date', () => {
    const d = declarer({});
    const parametres = {
      ...d.parametres,
      annee: parametreAnneeDuPlafond('2026-01-01', 'CLLAJ-FIN-01'),
      depuis: parametre.date([{ du: '2026-01-01', valeur: '2026-09-01' }], { libelle: 'Début', regle: 'CLLAJ-CAL-02' }),
    };
    const cles = { montant: 'enveloppe', annee: 'annee', depuis: 'depuis' };
    expect(verifierConformite(de({ ...d, parametres }, cles))).toEqual([]);
    for (const [cle, autre] of [
      ['montant', 'depuis'],
      ['annee', 'dureeMax'],
      ['depuis', 'inconnu'],
    ] as const)
      expect(verifierConformite(de({ ...d, parametres }, { ...cles, [cle]: autre }))).toEqual([
        expect.stringContaining('convention.plafondAnnuel doit citer'),
      ]);
  });

  it('an action that goes on is named by an optional text, titled by another, bounded by months and a number', () => {
    const d = declarer({});
    const exercices = parametre.entier([{ du: '2026-01-01', valeur: 2 }], {
      libelle: 'Exercices',
      regle: 'FAJCO-ELIG-11',
      unite: 'exercices',
    });
    const champs = {
      titre: champ.texte({ libelle: 'Titre', regle: 'TRANS-05' }),
      suite: champ.texte({ libelle: 'Suite', regle: 'FAJCO-ELIG-11', facultatif: true }),
    };
    const continuite = { suite: 'suite', titre: 'titre', mois: 'dureeMax', exercices: 'exercices' };
    const avec = (autres: object): Dispositif => ({
      ...d,
      parametres: { ...d.parametres, exercices },
      candidature: { ...d.candidature, champs, continuite: { ...continuite, regle: 'FAJCO-ELIG-11', ...autres } },
    });
    expect(verifierConformite(avec({}))).toEqual([]);
    for (const faute of [
      { suite: 'titre' },
      { suite: 'inconnu' },
      { titre: 'inconnu' },
      { mois: 'exercices' },
      { exercices: 'dureeMax' },
    ])
      expect(verifierConformite(avec(faute))).toEqual([expect.stringContaining('candidature.continuite doit citer')]);
  });
});
