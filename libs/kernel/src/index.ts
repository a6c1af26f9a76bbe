export { CodeCommune } from './code-commune.js';
export { CODES_ERREUR } from './codes-erreur.js';
export type { CodeErreur, DefinitionCode } from './codes-erreur.js';
export { CODES_PROTOCOLE } from './codes-protocole.js';
export type { CodeProtocole } from './codes-protocole.js';
export {
  ageRevolu,
  anniversaire,
  ajouterMois,
  dateCivile,
  dateEnFrancais,
  debutDuJour,
  finDuJour,
  FUSEAU,
  jourDe,
  lireInstant,
  Temporal,
} from './dates.js';
export type { DateCivile } from './dates.js';
export { aConfirmer, exiger, non, oui, toutes } from './decision.js';
export type { Decision, IssueDecision, Motif } from './decision.js';
export { documentErreurs } from './documentation-erreurs.js';
export { ErreurValeur, Refus } from './erreurs.js';
export type { ErreurMetier } from './erreurs.js';
export { texteExplication } from './explication.js';
export type { DecisionCitee, Explication, OrigineParametre, ParametreCite } from './explication.js';
export { Fraction } from './fraction.js';
export { aujourdhui, horlogeDepuis, horlogeFixe, horlogeSysteme } from './horloge.js';
export type { Horloge, HorlogeFixe } from './horloge.js';
export type * from './identifiants.js';
export { ajouterJours, estFerie, estOuvrable, estOuvre } from './jours-ouvres.js';
export type { UniteJours } from './jours-ouvres.js';
export { memoriser } from './memoriser.js';
export { Montant } from './montant.js';
export { Periode } from './periode.js';
export { NATURES_STRUCTURE, type NatureStructure } from './natures.js';
export { ROLES } from './roles.js';
export type { Portee, Role } from './roles.js';
export { Siret } from './siret.js';
export { elaguer } from './texte.js';
