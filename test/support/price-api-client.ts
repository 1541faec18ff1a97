/**
 * crypto-watch price API
 * 1.0.0
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {
    whereThisDescriptionIsServed: "/"
};
export type Price = {
    id: string;
    "symbol": string;
    name: string;
    currency: string;
    price: number;
    /** Change within 24 hours, in percent. */
    change24hPercent?: number;
    /** When we asked for this price. Its age counts from here. */
    updatedAt: string;
    /** When the source itself last changed it, if it says so. */
    quotedAt?: string;
    /** Age at the time of this answer. */
    ageSeconds: number;
    /** True from 5 minutes on. From an hour on a price is not served any more. */
    stale: boolean;
    /** Who was asked. */
    source: string;
};
export type Prices = {
    prices: Price[];
    /** Ids and symbols of the request that name no coin of ours. */
    "unknown": string[];
    /** Coins that we know, whose newest price is too old to be served. */
    unavailable: {
        id: string;
        currency: string;
        /** Absent when there has never been a price. */
        ageSeconds?: number;
    }[];
};
export type Problem = {
    /** What went wrong, by name. Act on it, not on the sentences. */
    "type": "urn:crypto-watch:problem:bad-request" | "urn:crypto-watch:problem:unknown-coin" | "urn:crypto-watch:problem:not-found" | "urn:crypto-watch:problem:prices-too-old" | "urn:crypto-watch:problem:maintenance" | "urn:crypto-watch:problem:no-prices-yet" | "urn:crypto-watch:problem:prices-unreadable" | "urn:crypto-watch:problem:key-missing-or-wrong" | "urn:crypto-watch:problem:too-many-requests" | "urn:crypto-watch:problem:quota-used-up" | "urn:crypto-watch:problem:request-too-large" | "urn:crypto-watch:problem:took-too-long" | "urn:crypto-watch:problem:refused" | "urn:crypto-watch:problem:failed";
    title: string;
    /** The HTTP status; a few answers of the gateway leave it out. */
    status?: number;
    /** What was wrong with this request, and what to do. */
    detail: string;
    /** Names this one request, for when you write to us. */
    requestId?: string;
    /** Coins that are not known. */
    "unknown"?: string[];
    /** The open incident behind it, as /status shows it. */
    incident?: string;
    /** When maintenance mode is expected to end, if that is known and still to come. */
    expectedUntil?: string;
    /** Age of the newest price, when it is too old to be served. */
    ageSeconds?: number;
};
export type History = {
    id: string;
    currency: string;
    interval: "5m" | "1h" | "1d";
    "from": string;
    to: string;
    /** The last price within each interval, oldest first. An interval without a price has none. */
    points: {
        at: string;
        price: number;
    }[];
    /** Send it as `cursor` with the same query for the next page; null on the last page. A page may be empty. */
    next: string | null;
};
export type Coins = {
    coins: {
        id: string;
        "symbol": string;
        name: string;
    }[];
    currencies: string[];
};
export type Health = {
    status: "ok" | "degraded" | "down";
    /** Why it is not ok; empty when it is. */
    reasons: string[];
    prices: {
        currency: string;
        state: "fresh" | "stale" | "too-old" | "missing";
        updatedAt?: string;
        ageSeconds?: number;
    }[];
    /** Unreadable: prices come from memory, as far as they do. */
    table: "read" | "unreadable";
};
export type Status = {
    status: "operational" | "degraded" | "disrupted" | "unknown";
    summary: string;
    checkedAt: string;
    /** Present while maintenance mode is on: no prices are answered. */
    maintenance?: {
        since: string;
        /** When we expect to answer again; null when we cannot say. */
        expectedUntil: string | null;
        text: string;
    };
    /** When the newest price was asked for; null without any. */
    newestPriceAt: string | null;
    /** What is going on now. */
    incidents: {
        id: string;
        state: "investigating" | "being-worked-on" | "recovering" | "resolved";
        /** What you notice of it, in a sentence. */
        affects: string;
        /** What we have to tell about it, and since when we say so. */
        notice?: {
            text: string;
            at: string;
        };
        since: string;
        lastUpdate: string;
        resolvedAt?: string;
    }[];
    /** What ended within the last 24 hours. */
    recent: {
        id: string;
        state: "investigating" | "being-worked-on" | "recovering" | "resolved";
        /** What you notice of it, in a sentence. */
        affects: string;
        /** What we have to tell about it, and since when we say so. */
        notice?: {
            text: string;
            at: string;
        };
        since: string;
        lastUpdate: string;
        resolvedAt?: string;
    }[];
};
/**
 * Prices of many coins
 */
export function listPrices({ ids, symbols, currency, ifNoneMatch }: {
    ids?: string;
    symbols?: string;
    currency?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Prices;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: 504;
        data: Problem;
    }>(`/v1/prices${QS.query(QS.explode({
        ids,
        symbols,
        currency
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * The price of one coin
 */
export function getPrice(id: string, { currency, ifNoneMatch }: {
    currency?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Price;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: 504;
        data: Problem;
    }>(`/v1/prices/${encodeURIComponent(id)}${QS.query(QS.explode({
        currency
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Past prices of one coin
 */
export function getHistory(id: string, { currency, $from, to, interval, limit, cursor, ifNoneMatch }: {
    currency?: string;
    $from?: string;
    to?: string;
    interval?: "5m" | "1h" | "1d";
    limit?: number;
    cursor?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: History;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: 504;
        data: Problem;
    }>(`/v1/prices/${encodeURIComponent(id)}/history${QS.query(QS.explode({
        currency,
        "from": $from,
        to,
        interval,
        limit,
        cursor
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * What can be asked for
 */
export function listCoins({ ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Coins;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: 504;
        data: Problem;
    }>("/v1/coins", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Health, for monitors
 */
export function getHealth(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Health;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 503;
        data: Health;
    } | {
        status: 504;
        data: Problem;
    }>("/health", {
        ...opts
    });
}
/**
 * Status, for people
 */
export function getStatus({ acceptLanguage }: {
    acceptLanguage?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Status;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 502;
        data: Problem;
    } | {
        status: 504;
        data: Problem;
    }>("/status", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Accept-Language": acceptLanguage
        })
    });
}
