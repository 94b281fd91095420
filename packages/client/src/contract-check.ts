import type {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  contract,
  ErrorBody,
  HTTPValidationError,
} from "@dayzero-tokens/contract";
import type { ClientInferRequest, ClientInferResponses } from "@ts-rest/core";
import type { CreateResult, ListResult, RevokeResult, ServerStatus } from "./results.ts";
import type * as ours from "./wire.ts";

/** Fails to compile unless each of the two can stand for the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { missing: A }) : { tooMuch: A };

type Assert<T extends true> = T;
type Contract = typeof contract;
type Statuses<Route extends keyof Contract> = ClientInferResponses<Contract[Route]>["status"];
type Undocumented = 429 | ServerStatus;
type HandledStatuses<Result extends { status: number | string }> = Exclude<
  Extract<Result["status"], number>,
  Undocumented
>;

/** Never shipped: it holds the hand-written types to the contract, in both directions. */
export type ContractCheck = [
  Assert<Same<ours.APITokenCreate, APITokenCreate>>,
  Assert<Same<ours.APITokenCreate, ClientInferRequest<Contract["createToken"]>["body"]>>,
  Assert<Same<ours.APITokenCreateResponse, APITokenCreateResponse>>,
  Assert<Same<ours.ListTokensQuery, NonNullable<ClientInferRequest<Contract["listTokens"]>["query"]>>>,
  Assert<Same<ours.APITokenListResponse, APITokenListResponse>>,
  Assert<Same<ours.APITokenRevokeRequest, APITokenRevokeRequest>>,
  Assert<Same<ours.APITokenRevokeRequest | null | undefined, ClientInferRequest<Contract["revokeToken"]>["body"]>>,
  Assert<Same<ours.APITokenRevokeResponse, APITokenRevokeResponse>>,
  Assert<Same<ours.ErrorBody, ErrorBody>>,
  Assert<Same<ours.HTTPValidationError, HTTPValidationError>>,
  Assert<Same<HandledStatuses<CreateResult>, Statuses<"createToken">>>,
  Assert<Same<HandledStatuses<ListResult>, Statuses<"listTokens">>>,
  Assert<Same<HandledStatuses<RevokeResult>, Statuses<"revokeToken">>>,
  Assert<Same<keyof Contract, "createToken" | "listTokens" | "revokeToken">>,
];
