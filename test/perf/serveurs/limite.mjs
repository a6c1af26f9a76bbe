import { createServer } from 'node:http';
import pg from 'pg';
import { departementDuJeton } from './jeton.mjs';
import { preparer, SQL } from './limite.sql.mjs';

/**
 * The bound: what Node and PostgreSQL cost when nothing stands between them but what nobody may do without, the token, the
 * transaction and its tenant. One round trip a request; PostgreSQL writes the JSON. It knows no GraphQL.
 */
const { DATABASE_URL, PG_CONNEXIONS, PORT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(PG_CONNEXIONS), pipeline: true });

createServer((requete, reponse) => {
  let corps = '';
  requete.setEncoding('utf8');
  requete.on('data', (morceau) => (corps += morceau));
  requete.on('end', () => {
    servir(requete.headers.authorization, JSON.parse(corps)).then(
      (texte) => repondre(reponse, 200, `{"data":${texte}}`),
      (erreur) => repondre(reponse, 500, JSON.stringify({ errors: [{ message: erreur.message }] })),
    );
  });
}).listen(Number(PORT), '127.0.0.1');

async function servir(authorization, { operationName, variables }) {
  const departement = await departementDuJeton(authorization);
  const { name, values } = preparer(operationName, variables);
  const client = await pool.connect();
  try {
    // Settled all together: a client is never given back while its transaction is open.
    const [, , lecture, fin] = await Promise.allSettled([
      client.query('begin read only'),
      client.query({
        name: 'contexte',
        text: `select set_config('sillage.departement', $1, true)`,
        values: [departement],
      }),
      client.query({ name, text: SQL[name], values, rowMode: 'array' }),
      client.query('commit'),
    ]);
    for (const { reason } of [lecture, fin]) if (reason !== undefined) throw reason;
    return lecture.value.rows[0][0];
  } finally {
    client.release();
  }
}

function repondre(reponse, statut, texte) {
  const corps = Buffer.from(texte);
  reponse.writeHead(statut, { 'content-type': 'application/json; charset=utf-8', 'content-length': corps.length });
  reponse.end(corps);
}
