import type { DeclarationGrille, ItemDeGrille, RubriqueDeGrille } from '@sillage/dispositif-kit';
import type { Role } from '@sillage/kernel';
import type { parametres } from './parametres.js';

type Item = Omit<ItemDeGrille, 'notateurs'> & { notateurs?: readonly Role[] };

const SERVICES: readonly Role[] = ['SLAI', 'SIEGE'];
/** What the child-protection service sees for itself. */
const AVEC_ASE: readonly Role[] = [...SERVICES, 'REFERENT_ASE'];

function rubrique(code: string, libelle: string, max: number, items: readonly Item[]): RubriqueDeGrille {
  return {
    code,
    libelle,
    max,
    regle: `ASE-QUAL-${code}`,
    items: items.map((item) => ({ notateurs: SERVICES, ...item })),
  };
}

/** The charter that half of the funding hangs on, as the 2026 text writes it (regles.md, 8.2): 100 points, and 9 of bonus. */
const charte2026: readonly RubriqueDeGrille[] = [
  rubrique('A', 'Moyens humains et matériels mis à disposition de l’action', 14, [
    {
      code: 'A1',
      regle: 'ASE-QUAL-A1',
      libelle: 'Nombre d’ETP : information',
      attendu: 'Une absence de plus de quatre semaines consécutives est dite aux services départementaux.',
      max: 6,
      sousPoints: [
        { code: 'ASE', libelle: 'ASE', max: 3 },
        { code: 'SLAI', libelle: 'SLAI', max: 2 },
        { code: 'SIEGE', libelle: 'Siège', max: 1 },
      ],
      preuve: 'Dates d’information, service par service',
      notateurs: AVEC_ASE,
    },
    {
      code: 'A2',
      regle: 'ASE-QUAL-A2',
      libelle: 'Nombre d’ETP : continuité',
      attendu: 'La même absence est remplacée, ou la continuité de l’accompagnement organisée.',
      max: 2,
      preuve: 'Plan de continuité, ou contrat de remplacement',
    },
    {
      code: 'A3',
      regle: 'ASE-QUAL-A3',
      libelle: 'Ordinateur portable',
      attendu: 'Le professionnel en dispose.',
      max: 2,
      preuve: 'Inventaire',
    },
    {
      code: 'A4',
      regle: 'ASE-QUAL-A4',
      libelle: 'Téléphone portable',
      attendu: 'Le professionnel en dispose, avec une ligne directe.',
      max: 2,
      drapeau: 'MALUS',
      preuve: 'Inventaire',
    },
    {
      code: 'A5',
      regle: 'ASE-QUAL-A5',
      libelle: 'Bureau privé',
      attendu: 'Un espace individuel garantit la confidentialité.',
      max: 2,
      drapeau: 'MALUS',
      preuve: 'Constat sur place',
    },
    {
      code: 'A6',
      regle: 'ASE-QUAL-A6',
      libelle: 'Bureau atypique',
      attendu: 'Le lieu d’accueil des jeunes est personnalisé et convivial.',
      max: 3,
      drapeau: 'BONUS',
      preuve: 'Constat sur place',
    },
  ]),
  rubrique('B', 'Accompagner autrement', 30, [
    {
      code: 'B1',
      regle: 'ASE-QUAL-B1',
      libelle: 'Nombre moyen d’actions « aller vers » par jeune',
      attendu: 'Le jeune est rencontré à l’extérieur, sous toutes les formes.',
      max: 15,
      preuve: 'Journal des rencontres extérieures, rapporté aux jeunes',
      notateurs: AVEC_ASE,
    },
    {
      code: 'B2',
      regle: 'ASE-QUAL-B2',
      libelle: 'Respect du délai de quinze jours après sollicitation',
      attendu: 'Un jeune orienté est pris en charge sous quinze jours au plus.',
      max: 5,
      preuve: 'Dates de contact et de rendez-vous',
      notateurs: AVEC_ASE,
    },
    {
      code: 'B3',
      regle: 'ASE-QUAL-B3',
      libelle: 'Évolution de parcours',
      attendu: 'L’autonomie évolue : logement, insertion, ressources.',
      max: 5,
      preuve: 'Échelle d’entrée et de sortie, sur trois axes',
      notateurs: AVEC_ASE,
    },
    {
      code: 'B4',
      regle: 'ASE-QUAL-B4',
      libelle: 'Pourcentage des présences en CT',
      attendu: 'Présence en CT sur le temps de travail, hors congés et arrêts maladie.',
      max: 5,
      preuve: 'Feuille de présence',
    },
    {
      code: 'B5',
      regle: 'ASE-QUAL-B5',
      libelle: 'Réalisation d’une action collective',
      attendu: 'Une action collective vise l’autonomie, et non l’emploi, sur une problématique commune.',
      max: 3,
      drapeau: 'BONUS',
      preuve: 'Fiche de l’action, émargement',
    },
  ]),
  rubrique('C', 'Partenariat avec le Département', 12, [
    {
      code: 'C1',
      regle: 'ASE-QUAL-C1',
      libelle: 'Siège',
      attendu: 'Les sollicitations administratives reçoivent réponse dans les délais.',
      max: 4,
      preuve: 'Demandes et réponses datées',
      notateurs: ['SIEGE'],
    },
    {
      code: 'C2',
      regle: 'ASE-QUAL-C2',
      libelle: 'SLAI',
      attendu: 'Le coordo provoque des liens fréquents sur les situations, et assiste aux réunions d’information.',
      max: 4,
      preuve: 'Journal des échanges',
    },
    {
      code: 'C3',
      regle: 'ASE-QUAL-C3',
      libelle: 'Respect des procédures de recrutement',
      attendu: 'Le profil est validé avant l’embauche, CV joint, par le siège et le SLAI.',
      max: 4,
      preuve: 'Demande et réponse datées, avant l’embauche',
    },
  ]),
  rubrique('D', 'Respect des procédures et utilisation des outils du Département', 16, [
    {
      code: 'D1',
      regle: 'ASE-QUAL-D1',
      libelle: 'Respect de la fiche de prescription',
      attendu: 'Une fiche est tenue pour chaque jeune, systématiquement.',
      max: 4,
      preuve: 'Part des fiches validées',
    },
    {
      code: 'D2',
      regle: 'ASE-QUAL-D2',
      libelle: 'Complétude du tableau de données et renvoi dans les délais',
      attendu: 'Le tableau de suivi est envoyé le 10 de chaque mois au plus tard.',
      max: 4,
      preuve: 'Douze envois datés',
    },
    {
      code: 'D3',
      regle: 'ASE-QUAL-D3',
      libelle: 'Organisation du comité de suivi',
      attendu: 'Une revue de portefeuille par trimestre, en présence de l’ASE.',
      max: 4,
      preuve: 'Quatre comptes rendus',
      notateurs: AVEC_ASE,
    },
    {
      code: 'D4',
      regle: 'ASE-QUAL-D4',
      libelle: 'Organisation du comité de pilotage',
      attendu: 'Une fois par an, animé par le porteur, en présence des partenaires.',
      max: 4,
      preuve: 'Compte rendu',
    },
  ]),
  rubrique('E', 'Outils de communication', 16, [
    {
      code: 'E1',
      regle: 'ASE-QUAL-E1',
      libelle: 'Création d’une carte de visite',
      attendu: 'Une carte « dynamique ».',
      max: 4,
      preuve: 'Fichier',
    },
    {
      code: 'E2',
      regle: 'ASE-QUAL-E2',
      libelle: 'Création d’un flyer à destination des professionnels',
      attendu: 'Les missions et les coordonnées du coordo.',
      max: 4,
      preuve: 'Fichier',
    },
    {
      code: 'E3',
      regle: 'ASE-QUAL-E3',
      libelle: 'Présence sur les réseaux sociaux',
      attendu: 'Des comptes sur les réseaux que les jeunes utilisent.',
      max: 8,
      preuve: 'Liste des comptes',
    },
    {
      code: 'E4',
      regle: 'ASE-QUAL-E4',
      libelle: 'Référent PDN',
      attendu: 'Une référence PDN (formations numériques).',
      max: 3,
      drapeau: 'BONUS',
      preuve: 'Attestation',
    },
  ]),
  rubrique('F', 'Partenariat territorial', 12, [
    {
      code: 'F1',
      regle: 'ASE-QUAL-F1',
      libelle: 'Participation à des réunions de partenaires pour présenter le dispositif',
      attendu: 'Chaque partenaire est rencontré une fois par an au moins ; présence dans les réseaux existants.',
      max: 6,
      preuve: 'Calendrier des rencontres',
    },
    {
      code: 'F2',
      regle: 'ASE-QUAL-F2',
      libelle: 'Mobilisation des partenaires',
      attendu: 'Les partenaires sont mobilisés et listés, par thématique d’autonomie.',
      max: 6,
      preuve: 'Liste des partenaires mobilisés',
    },
  ]),
];

export const charte: DeclarationGrille<typeof parametres> = {
  libelle: 'Charte qualité Coordo ASE',
  regle: 'ASE-IND-02',
  versions: [{ code: '2026', du: '2026-01-12', total: 100, rubriques: charte2026 }],
  penaliteMalus: 'penaliteMalus',
  plafond: 'plafondScore',
  delaiObservations: 'delaiObservations',
};
