import type { ApolloServer } from '@apollo/server';
import { ConfigurationInvalide } from '@sillage/configuration';
import type { ContexteGraphql } from './contexte.js';
import { fauteDeManifeste, type OperationsDeclarees } from './manifestes.js';

/**
 * Has Apollo read each declared operation once, as an anonymous request, which goes no further than validation: what its rules
 * refuse is refused at boot, and the documents that they accept are in its store before anybody asks.
 * @throws ConfigurationInvalide with one line a fault
 */
export async function verifierOperations(apollo: ApolloServer, operations: OperationsDeclarees): Promise<void> {
  const fautes: string[] = [];
  for (const { nom, texte, manifeste } of operations.values()) {
    for (const message of await fautesDe(apollo, texte)) {
      fautes.push(fauteDeManifeste(manifeste, `l’opération ${nom} serait refusée. ${message}`));
    }
  }
  if (fautes.length > 0) throw new ConfigurationInvalide(fautes);
}

async function fautesDe(apollo: ApolloServer, query: string): Promise<string[]> {
  const personne: ContexteGraphql = { contexte: undefined, requeteId: 'demarrage', trace: { codes: new Set() } };
  const { body } = await apollo.executeOperation({ query }, { contextValue: personne });
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return errors
    .filter(({ extensions }) => extensions?.['code'] !== 'NON_AUTHENTIFIE')
    .map(({ message }) => message.replaceAll(/\s+/g, ' '));
}
