/** What somebody may do, with its French wording in `docs/access.md`. */
export const ACTIONS = {
  lire: 'consulter',
  lireNominatif: 'voir les données nominatives',
  creer: 'créer',
  modifier: 'modifier',
  deposer: 'déposer',
  valider: 'valider',
  abandonner: 'abandonner',
  instruire: 'instruire',
  importer: 'importer du logiciel de dépôt',
  donnerAvis: 'donner un avis',
  decider: 'décider',
  joindre: 'joindre une pièce',
  libererPieces: 'libérer ou refuser une pièce',
  conventionner: 'conventionner',
  signer: 'signer',
  remettre: 'remettre',
  noter: 'noter sur une grille',
  lireNotes: 'voir les notes et leurs motifs',
  arreter: 'arrêter des notes',
  confirmer: 'confirmer ou renvoyer',
  rouvrir: 'rouvrir',
  liquiderVersement: 'liquider le versement',
  ordonnerVersement: 'ordonnancer le versement',
  refuserVersement: 'refuser le versement',
  emettre: 'émettre et rapprocher',
  recalculer: 'recalculer',
  ouvrirCredits: 'ouvrir des crédits',
  corriger: 'corriger une écriture',
  publier: 'publier',
  activer: 'activer et désactiver',
  parametrer: 'paramétrer',
  habiliter: 'accorder et révoquer',
  exporter: 'remettre à la personne ce qui est détenu sur elle',
  rectifier: 'rectifier',
  limiter: 'limiter le traitement et lever la limitation',
  effacer: 'effacer ou archiver',
} as const;

export type Action = keyof typeof ACTIONS;

/** The fields on which a right may depend. `territoireIds` is a set: sharing one territory is enough. */
export type ChampDroit = 'territoireIds' | 'structureId' | 'dispositif' | 'etat';

interface DefinitionSujet {
  readonly libelle: string;
  readonly champs: readonly ChampDroit[];
}

/** On what, in the core, with the fields that its rows carry. */
export const SUJETS = {
  Departement: { libelle: 'Département', champs: [] },
  Territoire: { libelle: 'Territoire', champs: [] },
  Structure: { libelle: 'Structure', champs: ['structureId'] },
  Service: { libelle: 'Service', champs: [] },
  Utilisateur: { libelle: 'Utilisateur', champs: [] },
  Habilitation: { libelle: 'Habilitation', champs: [] },
  Dispositif: { libelle: 'Dispositif', champs: ['dispositif'] },
  Activation: { libelle: 'Activation', champs: ['dispositif', 'territoireIds'] },
  Appel: { libelle: 'Appel à projets', champs: ['dispositif', 'territoireIds', 'etat'] },
  Parametre: { libelle: 'Surcharge de paramètre', champs: ['dispositif'] },
  Candidature: { libelle: 'Candidature', champs: ['dispositif', 'territoireIds', 'structureId', 'etat'] },
  Convention: { libelle: 'Convention', champs: ['dispositif', 'territoireIds', 'structureId', 'etat'] },
  Versement: { libelle: 'Versement', champs: ['dispositif', 'territoireIds', 'structureId', 'etat'] },
  Bilan: { libelle: 'Bilan', champs: ['dispositif', 'territoireIds', 'structureId', 'etat'] },
  Cotation: {
    libelle: 'Cotation d’une convention sur une grille',
    champs: ['dispositif', 'territoireIds', 'structureId', 'etat'],
  },
  Tache: { libelle: 'Tâche', champs: ['dispositif'] },
  Bordereau: { libelle: 'Bordereau', champs: [] },
  Enveloppe: { libelle: 'Enveloppe et grand livre', champs: ['dispositif'] },
  Accompagnement: {
    libelle: 'Accompagnement d’un jeune',
    champs: ['dispositif', 'territoireIds', 'structureId', 'etat'],
  },
  Jeune: { libelle: 'Jeune, au titre de ses droits', champs: ['territoireIds'] },
  Journal: { libelle: 'Journal', champs: [] },
} as const satisfies Record<string, DefinitionSujet>;

export type SujetSocle = keyof typeof SUJETS;

/** A core subject, or one that a dispositif adds (see `DroitDispositif`). */
export type Sujet = SujetSocle | (string & {});

/** The fields that a core subject carries, or `null` for a subject that a dispositif added. */
export function champsDuSujet(sujet: Sujet): readonly ChampDroit[] | null {
  return Object.hasOwn(SUJETS, sujet) ? SUJETS[sujet as SujetSocle].champs : null;
}
