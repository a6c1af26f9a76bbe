export { BaseDangereuse, refuserSiDangereux, type RoleServant } from './catalogue/refuser-si-dangereux.js';
export { verifierCatalogue } from './catalogue/verifier-catalogue.js';
export { type Departement, listerDepartements } from './departements.js';
export { type ClasseMigration, type MigrationsPlugin, migrer, type OptionsMigration } from './migrer.js';
export { type MotsDePasse, tirerMotsDePasse } from './mots-de-passe.js';
export { migrationsSocle } from './migrations/index.js';
export { CANAL_OUTBOX, type MessageAPublier, Outbox } from './outbox.js';
export { type EtatMessage, MessageOutbox } from './outbox.entity.js';
export { SillagePersistenceModule } from './persistence.module.js';
export { type DroitTable, EXPRESSION_ISOLATION, PARAMETRE_DEPARTEMENT, tableLocataire } from './rls.js';
export {
  demarrerPostgres,
  effacerPostgres,
  type OptionsPostgres,
  type PostgresEmbarque,
} from './embarque/demarrer-postgres.js';
export { ErreurPostgres } from './embarque/erreur-postgres.js';
export {
  clonerBase,
  type OptionsBase,
  preparerBase,
  ROLE_APP,
  ROLE_FILE,
  ROLE_JOBS,
  ROLE_PROPRIETAIRE,
  ROLE_STATISTIQUES,
  type UrlsBase,
  urlsDeLaBase,
} from './roles-postgres.js';
export { type ClasseEntite, creerDataSource, type OptionsSource } from './source-de-donnees.js';
export type { InstructionSql, ValeurSql } from './echange.js';
export { type Travail, UniteAbandonnee, UniteDeTravail } from './unite-de-travail.js';
