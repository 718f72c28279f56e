// Package attachment keeps the documents of cases: the bytes content-addressed
// by SM3 digest in a folder, the facts about them in the database.
//
// A document is streamed to a temporary file, checked, synced and renamed
// before its row is written, so a row never names bytes that are not there.
package attachment

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"github.com/gabriel-vasile/mimetype"
	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/problem"
)

// MaxSize is the largest document taken, in bytes.
const MaxSize = 100 << 20

// File is a document attached to a case.
type File struct {
	ID, MatterID, Kind, Name, MediaType string
	Size                                int64
	Digest                              string // SM3, hex
	UploadedBy                          string
	UploadedAt                          int64  // unix ms
	PurgedAt                            int64  // unix ms, 0: the bytes are kept
	SealedBy                            string // case of the purge that is under way, "" when none is
	PurgedBy                            string // case of the purge
	Removed                             bool   // taken out of its case, the bytes are kept
}

// Purged is what a document is called once its content was purged.
const Purged = "（已清除的文件）"

// Store keeps the bytes below one folder.
type Store struct{ root *os.Root }

// OpenStore opens or makes the folder.
func OpenStore(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open document store: %w", err)
	}
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open document store: %w", err)
	}
	return &Store{root: r}, nil
}

// Close releases the folder.
func (s *Store) Close() error { return s.root.Close() }

// what a document may be, by its first bytes and by the ending of its name
var allowed = map[string][]string{
	"application/pdf":    {".pdf"},
	"application/zip":    {".zip", ".ofd"},
	"application/msword": {".doc"}, "application/vnd.ms-excel": {".xls"}, "application/x-ole-storage": {".doc", ".xls"},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {".xlsx"},
	"image/jpeg": {".jpg", ".jpeg"}, "image/png": {".png"},
}

// Stored is a document whose bytes are safely kept.
type Stored struct {
	Name, MediaType, Digest string
	Size                    int64
}

// Put streams a document in. A wrong type, an empty or too large one is an
// Invalid problem at the field "file".
func (s *Store) Put(name string, r io.Reader) (Stored, error) {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	tmp := "tmp-" + uuid.NewString()
	f, err := s.root.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
	if err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	defer func() {
		f.Close()          //nolint:errcheck // closed below on success
		s.root.Remove(tmp) //nolint:errcheck // gone after the rename
	}()
	h := sm3.New()
	n, err := io.Copy(io.MultiWriter(f, h), io.LimitReader(r, MaxSize+1))
	if err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	if n == 0 {
		return Stored{}, problem.Field("file", "文件是空的")
	}
	if n > MaxSize {
		return Stored{}, problem.Field("file", "文件超过 100 MB，请压缩或拆分后上传")
	}
	media, err := check(f, name)
	if err != nil {
		return Stored{}, err
	}
	if err := f.Sync(); err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	if err := f.Close(); err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	digest := hex.EncodeToString(h.Sum(nil))
	if err := s.root.MkdirAll(digest[:2], 0o750); err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	if err := s.root.Rename(tmp, digest[:2]+"/"+digest); err != nil {
		return Stored{}, fmt.Errorf("store document: %w", err)
	}
	return Stored{Name: name, MediaType: media, Digest: digest, Size: n}, nil
}

func check(f *os.File, name string) (string, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("store document: %w", err)
	}
	m, err := mimetype.DetectReader(f)
	if err != nil {
		return "", fmt.Errorf("store document: %w", err)
	}
	ext := strings.ToLower(filepath.Ext(name))
	for t := m; t != nil; t = t.Parent() {
		for _, e := range allowed[t.String()] {
			if e == ext {
				return t.String(), nil
			}
		}
	}
	return "", problem.Field("file", "不能上传这种文件（%s）：请用 PDF、OFD、Word、Excel、JPG、PNG 或 ZIP，且内容与扩展名一致", name)
}

// Open reads a document's bytes back, unless they are purged or sealed.
func (s *Store) Open(f File) (io.ReadCloser, error) {
	switch {
	case f.PurgedAt != 0:
		return nil, problem.New(problem.NotFound, "这份文件已作为误传内容清除，只留登记和摘要")
	case f.SealedBy != "":
		return nil, problem.New(problem.Conflict, "这份文件正在办理误传清除，已经封存，不能查阅和下载")
	case !proper(f.Digest):
		return nil, problem.Missing("这份文件")
	}
	r, err := s.root.Open(place(f.Digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, problem.Missing("这份文件")
	}
	if err != nil {
		return nil, fmt.Errorf("open document: %w", err)
	}
	return r, nil
}

func proper(digest string) bool {
	return len(digest) == 64 && strings.Trim(digest, "0123456789abcdef") == ""
}

func place(digest string) string { return digest[:2] + "/" + digest }

// Shred overwrites the bytes of a digest and takes them out of the store; what is
// gone already is no error.
func (s *Store) Shred(digest string) error {
	if !proper(digest) {
		return nil
	}
	f, err := s.root.OpenFile(place(digest), os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("shred document: %w", err)
	}
	at, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, at.Size())
	}
	if err = errors.Join(err, f.Sync(), f.Close(), s.root.Remove(place(digest))); err != nil {
		return fmt.Errorf("shred document: %w", err)
	}
	return nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// ErrPurged refuses bytes that were purged before.
var ErrPurged = problem.Field("file", "这份文件已作为误传内容清除，不得再上传")

// Add records a stored document at a case, within the caller's transaction.
func Add(ctx context.Context, tx *db.Tx, jurisdiction, matterID, kind string, st Stored, by string, at int64) (File, error) {
	f := File{ID: uuid.Must(uuid.NewV7()).String(), MatterID: matterID, Kind: kind, Name: st.Name, MediaType: st.MediaType,
		Size: st.Size, Digest: st.Digest, UploadedBy: by, UploadedAt: at}
	before, err := db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM attachment WHERE digest = $1 AND purged_at > 0`, st.Digest)
	if err != nil {
		return f, err
	}
	if before > 0 {
		return f, ErrPurged
	}
	_, err = tx.Exec(ctx, `INSERT INTO attachment (id, jurisdiction, matter_id, kind, name, media_type, size, digest, uploaded_by, uploaded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, f.ID, jurisdiction, matterID, kind, f.Name, f.MediaType, f.Size, f.Digest, by, at)
	return f, err
}

// Remove takes a document out of a case; its row stays for the history.
func Remove(ctx context.Context, tx *db.Tx, matterID, id string, at int64) error {
	res, err := tx.Exec(ctx, `UPDATE attachment SET removed_at = $1 WHERE id = $2 AND matter_id = $3 AND removed_at = 0`, at, id, matterID)
	return db.OneRow(res, err, problem.Missing("这份文件"))
}

// Seal closes every copy of a document for as long as its purge is under way, by the
// case of the purge; Unseal opens them again. A second purge of it is a Conflict.
func Seal(ctx context.Context, tx *db.Tx, id, by string) error {
	other, err := db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM attachment WHERE sealed_by NOT IN ('', $1) AND digest = (SELECT a.digest FROM attachment a WHERE a.id = $2)`, by, id)
	if err != nil {
		return err
	}
	if other > 0 {
		return problem.New(problem.Conflict, "这份文件已在办理误传清除并封存，不必再办")
	}
	return tx.Later(ctx, `UPDATE attachment SET sealed_by = $1 WHERE purged_at = 0 AND digest = (SELECT a.digest FROM attachment a WHERE a.id = $2)`, by, id)
}

// Unseal opens what the case of a purge has sealed.
func Unseal(ctx context.Context, tx *db.Tx, by string) error {
	return tx.Later(ctx, `UPDATE attachment SET sealed_by = '' WHERE sealed_by = $1`, by)
}

// Purge leaves of every copy of a document, in whatever case, only that it was there.
// The bytes are shredded once the transaction stands. It gives the digest and how many
// copies there were, none when the document is purged already.
func Purge(ctx context.Context, tx *db.Tx, id, by string, at int64) (digest string, copies int64, err error) {
	digest, err = db.Value[string](ctx, tx, `SELECT digest FROM attachment WHERE id = $1`, id)
	if db.None(err) {
		return "", 0, problem.Missing("这份文件")
	}
	if err != nil {
		return "", 0, err
	}
	res, err := tx.Exec(ctx, `UPDATE attachment SET purged_at = $1, purged_by = $2, name = $3, sealed_by = '' WHERE digest = $4 AND purged_at = 0`, at, by, Purged, digest)
	if err != nil {
		return "", 0, err
	}
	copies, err = res.RowsAffected()
	return digest, copies, err
}

// Digests lists what was purged: bytes that the store must not hold.
func Digests(ctx context.Context, q db.Querier) ([]string, error) {
	return db.Column[string](ctx, q, `SELECT DISTINCT digest FROM attachment WHERE purged_at > 0 ORDER BY digest`)
}

const columns = `id, matter_id, kind, name, media_type, size, digest, uploaded_by, uploaded_at, purged_at, sealed_by, purged_by, removed_at`

// Ask reads the documents of a case into a list, oldest first.
func Ask(into *[]File, matterID string) db.Ask {
	return db.Into(into, scan, `SELECT `+columns+` FROM attachment WHERE matter_id = $1 AND removed_at = 0 ORDER BY uploaded_at, id`, matterID)
}

// Ever lists the documents of a case, those taken out of it too, oldest first.
func Ever(ctx context.Context, q db.Querier, matterID string) ([]File, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM attachment WHERE matter_id = $1 ORDER BY uploaded_at, id`, matterID)
}

// OfEach lists the documents of several cases, oldest first.
func OfEach(ctx context.Context, q db.Querier, matters ...string) ([]File, error) {
	var args db.Args
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM attachment WHERE matter_id IN `+args.In(matters...)+` AND removed_at = 0 ORDER BY uploaded_at, id`, args.List()...)
}

func scan(s db.Scanner) (File, error) {
	var f File
	var removed int64
	err := s.Scan(&f.ID, &f.MatterID, &f.Kind, &f.Name, &f.MediaType, &f.Size, &f.Digest, &f.UploadedBy, &f.UploadedAt, &f.PurgedAt, &f.SealedBy, &f.PurgedBy, &removed)
	f.Removed = removed != 0
	return f, err
}
