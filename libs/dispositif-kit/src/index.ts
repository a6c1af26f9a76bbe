export { champ, jsonSchema, type Champ, type Champs, type Nature, type OptionsChamp, type Valeurs } from './champ.js';
export { lire, lireAuBesoin, lireBrouillon, lireValeurs } from './validation.js';
export {
  parametre,
  periodeDe,
  PORTEES,
  resoudre,
  resoudreTous,
  valeurDeclaree,
  type Parametre,
  type ParametreResolu,
  type Parametres,
  type ParametresResolus,
  type Portee,
  type Surcharge,
  type ValeurDatee,
} from './parametre.js';
export {
  definirDispositif,
  jobDispositif,
  type ContexteBilan,
  type ContexteCandidature,
  type ContexteJobDispositif,
  type ContexteConvention,
  type ContexteVersement,
  type DeclarationAge,
  type DeclarationAppel,
  type DeclarationBilan,
  type DeclarationDispositif,
  type DeclarationEcheance,
  type DeclarationEnveloppe,
  type DeclarationIndicateur,
  type DeclarationVersement,
  type Dispositif,
  type DossierDuJob,
  type DroitDeclare,
  type EvenementDossier,
  type JobDispositif,
  type MontantExplique,
  type PlafondExplique,
  type RegleBilan,
  type RegleCandidature,
  type RegleConvention,
  type TermesEnVigueur,
} from './dispositif.js';
export {
  FAMILLES_DE_REGLES,
  type CouvertureDeclaree,
  type FamilleDeRegles,
  type RegleNonCalculable,
} from './couverture.js';
export { PARAMETRES_DE_CONSERVATION, type TablePersonnelle } from './donnees-personnelles.js';
export {
  type DeclarationPiece,
  deciderPieces,
  direLesPieces,
  type MomentDePiece,
  MOMENTS_DE_PIECE,
  PARAMETRES_DES_PIECES,
  PIECES_DE_FIN,
  piecesDe,
  type PieceJugee,
  pieceManquante,
  type TypeDePiece,
  typeDePiece,
  TYPES_DE_PIECE,
} from './pieces.js';
export {
  type DemandeDeFin,
  dernierEnvoi,
  echeanceAnnuelle,
  finAuPlusTot,
  type FinCalculee,
  type NatureDeFin,
  NATURES_DE_FIN,
  PARAMETRES_DE_CONVENTION,
  REGLES_DE_FIN,
} from './fin-de-convention.js';
export { PARAMETRES_DE_CANDIDATURE } from './parametres-de-candidature.js';
export { deciderAge, parametreBorneHaute, type BorneHaute, type BornesAge } from './ages.js';
export {
  deciderContinuite,
  type DeclarationContinuite,
  type Financement,
  type FinancementPropose,
} from './continuite.js';
export { parametresDeLOperation } from './operation.js';
export { avance, parametreTauxAvance, solde, versementUnique } from './versements.js';
export * from './finance/index.js';
export * from './grilles/index.js';
export { champMotifDeSortie, champsBailleur, naturesLogement } from './logement.js';
export {
  definirSuivi,
  parametreExigenceDesSuivis,
  suivisAttendus,
  type ContexteSuivi,
  type DeclarationSuivi,
  type ExigenceDesSuivis,
  type Periodicite,
  type SuiviAttendu,
} from './suivi.js';
export {
  lireQuantites,
  parametreSourceDeQuantite,
  type DeclarationQuantite,
  type Quantite,
  type Quantites,
  type SourceDeQuantite,
  type SuiviConfirme,
} from './quantites.js';
export { comiteDePilotage, comiteTrimestriel } from './comite.js';
export { deciderDates, PARAMETRES_DES_DATES } from './dates.js';
export { type DeclarationPorteurs, deciderPorteur } from './porteurs.js';
export { deciderAgeDeclare } from './age-declare.js';
export {
  deciderEligibilite,
  definirEligibilite,
  type ContexteEligibilite,
  type DeclarationEligibilite,
} from './eligibilite.js';
export { calculerEcheance, type EcheanceCalculee } from './echeance.js';
export { type CheminDeColonne, lireCellule, nomDeColonne, trouverColonne } from './importation.js';
export { champsComparables, type CritereComparaison, montantDemande } from './comparaison.js';
export { ecrireNotification, type ModelesDeNotification, MODELES_DE_NOTIFICATION } from './notification.js';
export { fabriquerTypes, type SortieDeChamp, type Sorties, type TypesGraphql } from './graphql.js';
export { DateCivileScalaire, DecimalScalaire, HorodatageScalaire, MontantScalaire } from './scalaires.js';
export { DeclarationsIncompatibles, RegistreDispositifs } from './registre.js';
export { documenterDispositif } from './documentation.js';
export { reglesCitees, verifierConformite } from './conformite.js';
