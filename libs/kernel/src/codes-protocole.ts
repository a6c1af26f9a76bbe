import type { DefinitionCode } from './codes-erreur.js';

/** Every `extensions.code` of a GraphQL error: the request itself is at fault, or the service is; no rule was applied. */
export const CODES_PROTOCOLE = {
  NON_AUTHENTIFIE: {
    description: 'La requête ne porte pas de jeton d’accès.',
    suite: 'Obtenez un jeton auprès du fournisseur d’identité et envoyez-le dans `Authorization: Bearer …`.',
  },
  JETON_INVALIDE: {
    description: 'Le jeton est illisible, expiré, mal signé, ou destiné à un autre service.',
    suite: 'Demandez un nouveau jeton, puis répétez la requête.',
  },
  NON_HABILITE: {
    description: 'Vous êtes identifié, mais n’avez aucune habilitation en cours dans ce département.',
    suite: 'Demandez une habilitation à l’administrateur du département ; elle prend effet en moins d’une minute.',
  },
  DEPARTEMENT_INCONNU: {
    description: 'Le département n’est pas précisé, ou son code n’est pas celui d’un département.',
    suite: 'Précisez le code d’un département servi, par exemple `62`.',
  },
  REQUETE_TROP_GRANDE: {
    description: 'La requête dépasse une limite : taille, profondeur, nombre de champs, d’alias ou coût.',
    suite: 'Découpez la requête, réduisez sa profondeur ou demandez des pages plus petites.',
  },
  PAGE_TROP_GRANDE: {
    description: 'La page demandée dépasse 100 éléments.',
    suite: 'Demandez au plus 100 éléments avec `first` ou `last`, puis suivez `pageInfo`.',
  },
  CURSEUR_INVALIDE: {
    description: 'Le curseur est illisible ou vient d’une autre liste.',
    suite: 'Repartez de la première page et n’employez que les curseurs rendus par la même liste.',
  },
  GRAPHQL_PARSE_FAILED: {
    description: 'Le texte de la requête n’est pas du GraphQL.',
    suite: 'Corrigez la syntaxe à l’endroit indiqué par `locations`.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    description: 'La requête ne correspond pas au schéma : champ, argument ou type inconnu.',
    suite: 'Comparez la requête au fichier `schema.graphql` de la version servie.',
  },
  BAD_USER_INPUT: {
    description: 'Une variable ou un argument n’a pas le type que le schéma annonce, ou porte un caractère interdit.',
    suite: 'Corrigez la valeur que désignent le message et, pour une variable, `extensions.champ`.',
  },
  BAD_REQUEST: {
    description: 'La requête HTTP n’est pas recevable : en-têtes, méthode ou corps incorrects.',
    suite: 'Envoyez un POST en `application/json` dont le corps porte `query` et, au besoin, `variables`.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    description: 'Le document porte plusieurs opérations, ou aucune du nom demandé.',
    suite: 'Précisez `operationName`, ou n’envoyez qu’une opération.',
  },
  OPERATION_NON_DECLAREE: {
    description: 'Cette plateforme n’exécute que les opérations déclarées, et celle-ci n’est dans aucun manifeste.',
    suite:
      'Ajoutez l’opération au manifeste de votre application et faites-le installer, ou envoyez le texte exact d’une opération déclarée.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    description: 'Aucun manifeste ne porte cet identifiant d’opération.',
    suite: 'Envoyez le texte de l’opération dans `query`, ou faites installer le manifeste qui la déclare.',
  },
  TROP_DE_REQUETES: {
    description: 'Trop de requêtes, ou de trop coûteuses, en une minute.',
    suite:
      'Attendez le nombre de secondes que donne l’en-tête `Retry-After`, puis répétez la requête avec la même clé d’idempotence ; demandez de plus petites pages.',
  },
  SERVICE_INDISPONIBLE: {
    description: 'Un service nécessaire ne répond pas, ou la plateforme est en cours d’arrêt.',
    suite: 'Répétez la requête après quelques secondes, avec la même clé d’idempotence.',
  },
  ERREUR_INTERNE: {
    description: 'Une erreur imprévue s’est produite ; son détail n’est jamais envoyé.',
    suite: 'Répétez la requête ; si l’erreur persiste, signalez-la au support avec son `requeteId`.',
  },
} as const satisfies Record<string, DefinitionCode>;

export type CodeProtocole = keyof typeof CODES_PROTOCOLE;
