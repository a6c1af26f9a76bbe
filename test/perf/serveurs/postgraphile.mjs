import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { departementDuJeton } from './jeton.mjs';

/** PostGraphile 5 as its documentation recommends it, in production: its preset, on node:http, the tenant in `pgSettings`. */
const { DATABASE_URL, PG_CONNEXIONS, PORT } = process.env;

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // It would hide filters on columns without an index of their own.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ['sillage', 'postgraphile'],
      poolConfig: { max: Number(PG_CONNEXIONS) },
      pubsub: false,
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
  grafast: {
    explain: false,
    async context({ node }) {
      const departement = await departementDuJeton(node?.req.headers.authorization);
      return { pgSettings: { 'sillage.departement': departement } };
    },
  },
});

const serveur = createServer();
await instance.createServ(grafserv).addTo(serveur);
serveur.listen(Number(PORT), '127.0.0.1');
