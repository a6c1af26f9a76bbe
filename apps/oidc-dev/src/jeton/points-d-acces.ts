/** Where a provider takes its requests (OpenID Connect Discovery 1.0). */
export interface PointsDAcces {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/** @throws Error when nobody answers there, or when it is not the expected issuer. */
export async function decouvrir(emetteur: string): Promise<PointsDAcces> {
  const document = await lireJson<PointsDAcces & { readonly issuer: string }>(
    await fetch(`${emetteur}/.well-known/openid-configuration`),
  );
  if (document.issuer !== emetteur) throw new Error(`L’émetteur de ${emetteur} se nomme ${document.issuer}.`);
  return document;
}

/** Asks for tokens. @throws Error saying what the provider answered. */
export async function demanderJetons(
  { token_endpoint: adresse }: PointsDAcces,
  parametres: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  return lireJson(await fetch(adresse, { method: 'POST', body: new URLSearchParams(parametres) }));
}

async function lireJson<T>(reponse: Response): Promise<T> {
  const texte = await reponse.text();
  if (!reponse.ok) throw new Error(`Le fournisseur d’identité répond ${reponse.status} : ${texte.slice(0, 200)}`);
  return JSON.parse(texte) as T;
}
