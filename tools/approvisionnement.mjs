/**
 * What the house is made of, and whether it may be (docs/adr/0053):
 *
 *   node tools/approvisionnement.mjs verifier   versions, integrity, install scripts, licences; a check of `npm test`
 *   npm run audit                               known vulnerabilities, where the registry answers
 *   npm run -s sbom > sillage.cdx.json          the bill of materials of production, CycloneDX 1.6
 */

const REGLES = 'tools/approvisionnement/regles.mjs';
const DELAI_AUDIT_MS = 60_000;

const COMMANDES = { verifier, audit, sbom };
const [nom] = process.argv.slice(2);
if (Object.hasOwn(COMMANDES, nom)) await COMMANDES[nom]();
else refuser([`« ${nom} » : choisissez parmi ${Object.keys(COMMANDES).join(', ')}.`]);

// Each command loads its own part: only the first needs node_modules.
async function verifier() {
  const { verifierDependances } = await import('./approvisionnement/verifier.mjs');
  refuser(verifierDependances());
}

async function audit() {
  const { auditer } = await import('./approvisionnement/audit.mjs');
  const { repondu, fautes } = await auditer({ delaiMs: DELAI_AUDIT_MS });
  if (!repondu) console.log('Le registre npm ne répond pas à « npm audit » : rien n’a été vérifié.');
  else if (fautes.length === 0) console.log('Aucune vulnérabilité élevée ou critique connue en production.');
  else
    refuser([
      ...fautes,
      `Mettez à jour ces paquets ou, s’ils ne nous exposent pas, inscrivez une exception datée dans ${REGLES}.`,
    ]);
}

async function sbom() {
  const { nomenclature } = await import('./approvisionnement/nomenclature.mjs');
  process.stdout.write(await nomenclature());
}

function refuser(fautes) {
  for (const faute of fautes) console.error(faute);
  if (fautes.length > 0) process.exitCode = 1;
}
