/** @typedef {import("./candidate.js").Candidate} Candidate */

/** @returns {Promise<{ peers: Candidate[], remarks: string[] }>} */
export const peersThatStart = async () => ({ peers: [], remarks: [] });

/** @returns {Promise<{ peers: Candidate[], remarks: string[] }>} */
export const peersUnderLoad = async () => ({ peers: [], remarks: [] });
