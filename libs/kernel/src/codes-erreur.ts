/** What a code means and what its receiver should do next, in French: both are printed in `docs/errors.md`. */
export interface DefinitionCode {
  readonly description: string;
  readonly suite: string;
}

/** Every `code` that may stand in the `errors` of a mutation's payload. */
export const CODES_ERREUR = {
  VALEUR_INVALIDE: {
    description: 'Une valeur saisie n’a pas la forme attendue ou sort des bornes admises.',
    suite: 'Corrigez le champ désigné par `path` comme l’indique le message, puis renvoyez la demande.',
  },
  CHAMP_OBLIGATOIRE: {
    description: 'Un champ nécessaire à cette étape est vide.',
    suite: 'Renseignez le champ désigné par `path`, puis renvoyez la demande.',
  },
  INTROUVABLE: {
    description:
      'L’objet demandé n’existe pas, ou vous n’avez pas le droit de le lire (les deux cas ne se distinguent pas).',
    suite:
      'Vérifiez l’identifiant et le département ; si vous devriez y accéder, demandez une habilitation à votre administrateur.',
  },
  ACTION_INTERDITE: {
    description: 'Vous pouvez lire cet objet, mais votre habilitation ne permet pas cette action.',
    suite: 'Consultez `actionsPossibles` sur l’objet, ou confiez l’action à une personne habilitée.',
  },
  DISPOSITIF_INACTIF: {
    description: 'Le dispositif n’est pas activé sur ce territoire à cette date.',
    suite:
      'Choisissez un autre territoire ou une autre date, ou demandez l’activation à l’administrateur du département.',
  },
  DISPOSITIF_INCONNU: {
    description: 'Aucun dispositif installé ne porte ce code.',
    suite: 'Prenez un code dans la liste `dispositifs` ; vérifiez la casse et les tirets.',
  },
  APPEL_NON_OUVERT: {
    description: 'La période de dépôt de l’appel à projets n’a pas encore commencé.',
    suite: 'Gardez la candidature en brouillon et déposez-la à partir de la date d’ouverture indiquée.',
  },
  APPEL_CLOS: {
    description: 'La période de dépôt de l’appel à projets est terminée : ni dépôt ni validation ne sont plus reçus.',
    suite: 'Rapprochez-vous du Département pour connaître la prochaine session ; aucun report n’est automatique.',
  },
  ETAT_INCOMPATIBLE: {
    description: 'L’objet n’est pas dans l’état qui permet cette action.',
    suite: 'Relisez l’objet : `actionsPossibles` dit ce qui est ouvert maintenant et, sinon, pourquoi.',
  },
  PIECE_MANQUANTE: {
    description: 'Une pièce exigée à cette étape n’est pas jointe.',
    suite: 'Joignez la pièce nommée dans le message, puis renvoyez la demande.',
  },
  PIECE_REFUSEE: {
    description: 'Le fichier reçu n’est pas celui qui était annoncé, ou son contenu n’est pas admis.',
    suite: 'Corrigez le fichier comme l’indique le message, puis demandez un nouveau ticket : celui-ci a servi.',
  },
  TICKET_INVALIDE: {
    description: 'Le ticket d’envoi n’existe pas, a expiré, a déjà servi, ou n’est pas le vôtre.',
    suite: 'Demandez un nouveau ticket par `pieceTicketDemander` et envoyez le fichier aussitôt.',
  },
  MONTANT_SUPERIEUR_AU_PLAFOND: {
    description: 'Le montant dépasse le plafond fixé par la règle citée.',
    suite: 'Ramenez le montant au plafond indiqué, ou faites modifier le paramètre par une personne habilitée.',
  },
  SOLDE_INSUFFISANT: {
    description: 'Les crédits, ou ce qui a déjà été engagé, liquidé ou payé, ne couvrent pas ce montant.',
    suite:
      'Lisez les soldes de l’enveloppe ; faites ouvrir des crédits, ou attendez que l’étape précédente soit franchie.',
  },
  DUREE_SUPERIEURE_AU_MAXIMUM: {
    description: 'La période dépasse la durée maximale fixée par la règle citée.',
    suite: 'Avancez la date de fin ou reculez la date de début jusqu’à la durée indiquée.',
  },
  REGLE_NON_RESPECTEE: {
    description: 'Une règle du dispositif, citée dans `regle`, n’est pas respectée.',
    suite: 'Lisez le message et la règle citée, corrigez la demande ou retirez-la.',
  },
  A_CONFIRMER: {
    description: 'La règle ne permet pas de conclure seule (zone limite) : une personne doit décider.',
    suite: 'Demandez la décision motivée d’une personne habilitée, puis renvoyez la demande.',
  },
  CONFLIT_DE_VERSION: {
    description: 'L’objet a été modifié par quelqu’un d’autre depuis que vous l’avez lu.',
    suite: 'Relisez l’objet, reportez vos changements, puis renvoyez la demande avec sa nouvelle version.',
  },
  IDEMPOTENCE_CONFLIT: {
    description: 'Cette clé d’idempotence vous a déjà servi, sur la même mutation, pour une demande différente.',
    suite: 'Prenez une nouvelle clé pour une nouvelle demande ; ne réutilisez une clé que pour répéter la même.',
  },
  SIRET_INVALIDE: {
    description: 'Le numéro SIRET n’a pas 14 chiffres ou sa clé de contrôle est fausse.',
    suite: 'Recopiez le SIRET depuis l’avis de situation de l’INSEE, puis renvoyez la demande.',
  },
  DOUBLON: {
    description: 'Un objet identique existe déjà.',
    suite: 'Utilisez l’objet existant, ou changez ce qui les distingue.',
  },
  PERIODE_INVALIDE: {
    description: 'La période n’est pas admise : fin avant le début, hors du cadre, ou en recouvrement avec une autre.',
    suite: 'Corrigez les dates de début et de fin comme l’indique le message.',
  },
  PARAMETRE_INCONNU: {
    description: 'Le paramètre n’est pas déclaré par le dispositif, ou n’a aucune valeur à cette date.',
    suite: 'Prenez une clé dans la liste `parametres` du dispositif, ou faites saisir la valeur manquante.',
  },
  PARAMETRE_AMBIGU: {
    description: 'Plusieurs valeurs du même rang s’appliquent au même paramètre à cette date.',
    suite: 'Demandez à l’administrateur de clore l’une des valeurs, ou précisez le territoire ou la convention.',
  },
  AUTEUR_VALIDEUR_IDENTIQUES: {
    description: 'La personne qui a établi l’acte ne peut pas aussi le valider.',
    suite: 'Faites valider par une autre personne habilitée.',
  },
  TERRITOIRE_HORS_APPEL: {
    description: 'Un territoire demandé n’est pas ouvert par cet appel à projets.',
    suite: 'Retirez ce territoire, ou candidatez à l’appel qui le couvre.',
  },
  PAGE_TROP_GRANDE: {
    description: 'La page demandée dépasse 100 éléments.',
    suite: 'Demandez au plus 100 éléments avec `first` ou `last`, puis suivez `pageInfo`.',
  },
  CURSEUR_INVALIDE: {
    description: 'Le curseur est illisible ou vient d’une autre liste.',
    suite: 'Repartez de la première page et n’employez que les curseurs rendus par la même liste.',
  },
} as const satisfies Record<string, DefinitionCode>;

export type CodeErreur = keyof typeof CODES_ERREUR;
