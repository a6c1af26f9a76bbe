/** What a plugin or an application may use of the core. */
export {
  ExecuteurMutation,
  HORLOGE,
  idOpaque,
  introuvable,
  lireId,
  MutationInput,
  Node,
  PAGE_MAX,
  type Reponse,
  repondre,
  typeReponse,
} from './api/index.js';
export { ActivationService, type DemandeActivation } from './activations/index.js';
export { JournalService } from './journal/index.js';
export { SillageCoreModule } from './core.module.js';
export {
  Clamd,
  type DepotDePieces,
  DepotDisque,
  DepotIndisponible,
  DepotS3,
  type OptionsPieces,
  type PieceRecue,
  type PieceRemise,
  ReceptionService,
  TelechargementService,
} from './pieces/index.js';
export { Territoire, TerritoireService } from './territoires/index.js';

/** What a plugin's own reads may lead to, and filter by. */
export { modifieDepuis } from './api/depuis.js';
export { structureLue } from './structures/index.js';
export { territoireLu, territoireNomme } from './territoires/index.js';

export { definitionDuJob } from './jobs-dispositifs.js';
export { colonnesChiffreesCore } from './colonnes-chiffrees.js';
export { entitesCore } from './entites.js';

/** The floors below, for plugins, which see the house through this door alone. */
export { type ContexteActeur, exigerDroit } from '@sillage/access';
export { Outbox, tableLocataire, UniteDeTravail } from '@sillage/persistence';

/** What the console does again after a restore. */
export { effacer, lireEffacements, tablesPersonnelles } from './jeunes/index.js';

/** What the console verifies. */
export {
  type Chaine,
  CHAINES,
  direEcart,
  ecrireTete,
  lireTete,
  type TeteDeChaine,
  verifierChaine,
} from './journal/index.js';

/** What the console loads into a database. */
export { type CompteDemo, DEPARTEMENT_ESSAI, semerDemo } from './demo/index.js';
export { semerDispositifs } from './appels/semer-dispositifs.js';
export { chargerReferentiel, type Cog, lireCog, PAS_DE_CALAIS, semerDepartement62 } from './referentiel/index.js';
