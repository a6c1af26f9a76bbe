// Creates what a migration cannot: the roles, the database's schemas and its extension. Idempotent.
// The administrator's address is PostgreSQL's own business (PGHOST, PGPORT, PGUSER, PGPASSWORD); the roles' names, their
// passwords and the database are those of the addresses that the processes will use.
import { preparerBase } from '@sillage/persistence';

const env = exiger(
  ...['PGHOST', 'PGUSER', 'PGPASSWORD', 'DATABASE_URL', 'DATABASE_URL_PROPRIETAIRE', 'DATABASE_URL_FILE'],
  ...['DATABASE_URL_JOBS', 'DATABASE_URL_STATISTIQUES'],
);
const urlAdmin = new URL(`postgresql://${env.PGHOST}:${process.env.PGPORT || 5432}/postgres`);
urlAdmin.username = env.PGUSER;
urlAdmin.password = encodeURIComponent(env.PGPASSWORD);
const base = decodeURIComponent(new URL(env.DATABASE_URL).pathname.slice(1));

await preparerBase({
  urlAdmin: urlAdmin.href,
  base,
  motsDePasse: {
    proprietaire: motDePasse(env.DATABASE_URL_PROPRIETAIRE),
    app: motDePasse(env.DATABASE_URL),
    jobs: motDePasse(env.DATABASE_URL_JOBS),
    statistiques: motDePasse(env.DATABASE_URL_STATISTIQUES),
    file: motDePasse(env.DATABASE_URL_FILE),
  },
});
console.log(`Base « ${base} » prête : rôles, schémas et extension.`);

function motDePasse(adresse) {
  return decodeURIComponent(new URL(adresse).password);
}

function exiger(...noms) {
  const absentes = noms.filter((nom) => !process.env[nom]);
  if (absentes.length === 0) return Object.fromEntries(noms.map((nom) => [nom, process.env[nom]]));
  console.error(`Variables absentes : ${absentes.join(', ')}.`);
  process.exit(1);
}
