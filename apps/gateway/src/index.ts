export { creerGateway, type OptionsGateway } from './gateway.js';
export { CHEMIN_GRAPHIQL } from './graphiql/routes-graphiql.js';
export { CHEMIN_GRAPHQL } from './graphql/options-apollo.js';
export { imprimerSchema } from './imprimer-schema.js';
