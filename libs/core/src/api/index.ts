export { ACTION_INTERDITE, ActionPossible, presenterAction } from './action-possible.js';
export { colonneDate, colonneInstant, colonneMontant } from './colonnes.js';
export {
  connexion,
  type Connexion,
  ListeArgs,
  type Page,
  PAGE_MAX,
  PageInfo,
  PaginationArgs,
  paginer,
  typeConnexion,
} from './connexion.js';
export { enumerationGraphql } from './enumeration-graphql.js';
export { ExecuteurMutation, type EtapesMutation } from './executeur-mutation.js';
export { ExplicationType, presenterExplication } from './explication.type.js';
export { HORLOGE } from './horloge.provider.js';
export { Erreur, MutationInput, type Reponse, repondre, typeReponse } from './mutation.js';
export { idOpaque, introuvable, lireId, lireIdOuNul, Node, type TypeNoeud } from './noeud.js';
export { numeroter } from './numerotation.js';
export { champsVisibles, type LecteurDeChamps } from './champs-visibles.js';
export { uneFois } from './une-fois.js';
export { lignesVisibles, type SourceDeDossiers } from './lignes-visibles.js';
