// Command verify checks a tiled log with the libraries of the Go checksum database, which share no code with the log.
//
// It verifies the checkpoint's signature, each entry against authenticated tiles, and inclusion and consistency proofs.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// log reads a resource by its path below the log's prefix.
type log struct {
	dir, url, token string
}

func (l log) read(path string) ([]byte, error) {
	if l.dir != "" {
		return os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(path)))
	}
	request, err := http.NewRequest("GET", strings.TrimRight(l.url, "/")+"/"+path, nil)
	if err != nil {
		return nil, err
	}
	if l.token != "" && strings.HasPrefix(path, "tile/entries/") {
		request.Header.Set("Authorization", "Bearer "+l.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

// tileReader serves the tiles of a log to tlog. C2SP paths are those of tlog without the height.
type tileReader struct{ log log }

func (r tileReader) Height() int                     { return tileHeight }
func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := r.log.read("tile/" + strings.TrimPrefix(tile.Path(), "tile/8/"))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

// openCheckpoint verifies a signed checkpoint and returns its origin and tree.
func openCheckpoint(signed []byte, verifier note.Verifier) (string, tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return "", tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return "", tlog.Tree{}, errors.New("checkpoint of another origin, or malformed")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return "", tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return "", tlog.Tree{}, errors.New("malformed root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return lines[0], tree, nil
}

func splitBundle(bundle []byte) ([][]byte, error) {
	var entries [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("truncated entry bundle")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		entries = append(entries, bundle[2:end])
		bundle = bundle[end:]
	}
	return entries, nil
}

// checkEntries hashes each entry of each bundle and compares it with the authenticated leaf hash.
func checkEntries(l log, tree tlog.Tree, hashes tlog.HashReader) error {
	for first := int64(0); first < tree.N; first += tileWidth {
		width := tree.N - first
		if width > tileWidth {
			width = tileWidth
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first / tileWidth, W: int(width)}
		bundle, err := l.read("tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/"))
		if err != nil {
			return err
		}
		entries, err := splitBundle(bundle)
		if err != nil || int64(len(entries)) != width {
			return fmt.Errorf("bundle %d: %d entries, %v", tile.N, len(entries), err)
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != leaves[i] {
				return fmt.Errorf("entry %d is not the one in the tree", first+int64(i))
			}
		}
	}
	return nil
}

// probes are positions up to and without n, most of them where trees change their shape.
func probes(n int64) []int64 {
	var found []int64
	for _, p := range []int64{0, 1, 2, 254, 255, 256, 257, 511, 512, 65535, 65536, 65537, n / 3, n / 2, n - 257, n - 256, n - 2, n - 1} {
		if p >= 0 && p < n {
			found = append(found, p)
		}
	}
	return found
}

func checkInclusion(tree tlog.Tree, hashes tlog.HashReader) (int, error) {
	indexes := probes(tree.N)
	for _, index := range indexes {
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return 0, err
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf[0]); err != nil {
			return 0, fmt.Errorf("inclusion of %d: %w", index, err)
		}
	}
	return len(indexes), nil
}

func checkExtends(tree tlog.Tree, size int64, root tlog.Hash, hashes tlog.HashReader) error {
	proof, err := tlog.ProveTree(tree.N, size, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
}

func checkConsistency(tree tlog.Tree, hashes tlog.HashReader) (int, error) {
	sizes := probes(tree.N)
	for _, before := range sizes {
		size := before + 1
		root, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return 0, err
		}
		if err := checkExtends(tree, size, root, hashes); err != nil {
			return 0, fmt.Errorf("consistency with %d: %w", size, err)
		}
	}
	return len(sizes), nil
}

func checkOld(path string, verifier note.Verifier, tree tlog.Tree, hashes tlog.HashReader) error {
	signed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, old, err := openCheckpoint(signed, verifier)
	if err != nil || old.N == 0 {
		return err
	}
	return checkExtends(tree, old.N, old.Hash, hashes)
}

// summary is what was verified, printed as one JSON object.
type summary struct {
	Origin      string `json:"origin"`
	Size        int64  `json:"size"`
	Root        string `json:"root"`
	Inclusion   int    `json:"inclusion"`
	Consistency int    `json:"consistency"`
}

func verify(l log, vkey, old string) (*summary, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	signed, err := l.read("checkpoint")
	if err != nil {
		return nil, err
	}
	origin, tree, err := openCheckpoint(signed, verifier)
	if err != nil {
		return nil, err
	}
	result := &summary{Origin: origin, Size: tree.N, Root: tree.Hash.String()}
	hashes := tlog.TileHashReader(tree, tileReader{l})
	if err := checkEntries(l, tree, hashes); err != nil {
		return nil, err
	}
	if result.Inclusion, err = checkInclusion(tree, hashes); err != nil {
		return nil, err
	}
	if result.Consistency, err = checkConsistency(tree, hashes); err != nil {
		return nil, err
	}
	if old != "" {
		if err := checkOld(old, verifier, tree, hashes); err != nil {
			return nil, fmt.Errorf("old checkpoint: %w", err)
		}
	}
	return result, nil
}

func main() {
	var l log
	flag.StringVar(&l.dir, "dir", "", "folder of the log")
	flag.StringVar(&l.url, "url", "", "address of the log, in front of /checkpoint")
	flag.StringVar(&l.token, "token", "", "bearer token for entry bundles")
	vkey := flag.String("vkey", "", "verifier key of the log")
	old := flag.String("old", "", "file with an earlier checkpoint that the log must extend")
	flag.Parse()
	if (l.dir == "") == (l.url == "") || *vkey == "" {
		flag.Usage()
		os.Exit(2)
	}
	result, err := verify(l, *vkey, *old)
	if err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}
