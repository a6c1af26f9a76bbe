/** Where a provider takes its requests (OpenID Connect Discovery 1.0). */
export interface PointsDAcces {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/** A provider, by its name and by where it is. */
export interface LieuFournisseur {
  /** The `iss` of its tokens. */
  readonly emetteur: string;
  /** Where it listens, when that is no longer what its name says; by default, its name. */
  readonly adresse?: string;
}

/** @throws Error when nobody answers there, or when it is not the expected issuer. */
export async function decouvrir({ emetteur, adresse = emetteur }: LieuFournisseur): Promise<PointsDAcces> {
  const document = await lireJson<PointsDAcces & { readonly issuer: string }>(
    await fetch(`${adresse}/.well-known/openid-configuration`),
  );
  if (document.issuer !== emetteur) throw new Error(`L’émetteur de ${adresse} se nomme ${document.issuer}.`);
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
