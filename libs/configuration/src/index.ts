export { ConfigurationInvalide } from './configuration-invalide.js';
export { chargerClesMaitres, chargerConfiguration } from './configuration.js';
export type { AlgorithmeOidc, ClesMaitresLues, Configuration, Ecoute, MagasinS3 } from './configuration.js';
export { documentConfiguration } from './documentation-configuration.js';
export type { ConfigurationFile } from './lecture.js';
export { VARIABLES } from './variables.js';
export type { NomVariable, Variable } from './variables.js';
